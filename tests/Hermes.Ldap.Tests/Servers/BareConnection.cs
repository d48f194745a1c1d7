using System.DirectoryServices.Protocols;
using System.Net;
using Hermes.Ldap.Connection;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Servers;

/// <summary>Connections of the bare client library.</summary>
internal static class BareConnection
{
    /// <summary>Opens one that is bound.</summary>
    public static LdapConnection Open(LdapAccount account)
    {
        var url = new Uri(account.Url);
        var connection = new LdapConnection(
            new LdapDirectoryIdentifier(url.Host, url.Port), new NetworkCredential(account.Name, account.Password), AuthType.Basic);
        connection.SessionOptions.ProtocolVersion = 3;
        using var authorities = account.CaFile is null ? null : TrustedAuthorities.Load(account.CaFile);
        connection.SessionOptions.SecureSocketLayer = authorities is not null;
        if (authorities is not null && !OperatingSystem.IsWindows())
        {
            connection.SessionOptions.TrustedCertificatesDirectory = authorities.Folder;
            connection.SessionOptions.StartNewTlsSessionContext();
        }

        connection.Bind();
        return connection;
    }

    /// <summary>Whether a name and its password open the directory.</summary>
    public static bool CanOpen(LdapAccount account)
    {
        try
        {
            using var connection = Open(account);
            return true;
        }
        catch (LdapException refused) when (refused.ErrorCode == 49)
        {
            return false;
        }
    }
}
