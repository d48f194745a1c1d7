using Hermes.Ldap.Connection;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap;

/// <summary>All that this package logs. Never values of attributes.</summary>
internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Debug, "Connected to {Address}")]
    public static partial void Connected(ILogger logger, LdapAddress address);

    [LoggerMessage(6006, LogLevel.Warning, "The password of the bind account crosses the network unprotected to {Address}; use an ldaps:// URL")]
    public static partial void PasswordUnprotected(ILogger logger, LdapAddress address);

    [LoggerMessage(
        6002,
        LogLevel.Warning,
        "The search below '{Base}' came upon {Count} references to other servers, which are ignored; this is told again when their number changes")]
    public static partial void ReferencesIgnored(ILogger logger, string @base, int count);

    [LoggerMessage(6003, LogLevel.Information, "The entry {Dn} exists already and was brought to the wanted content")]
    public static partial void EntryAdopted(ILogger logger, string dn);

    [LoggerMessage(6004, LogLevel.Information, "{Count} entries that referred to {Dn} were corrected")]
    public static partial void ReferencesCorrected(ILogger logger, string dn, int count);

    [LoggerMessage(6005, LogLevel.Warning, "The entry {Dn} does not belong to the removed one any more and is left alone")]
    public static partial void EntryOfAnother(ILogger logger, string dn);

    [LoggerMessage(
        6007,
        LogLevel.Warning,
        "The directory gives its objects no '{Attribute}': they are found by their names, and what is renamed or moved by hand is lost; set IdentityAttribute")]
    public static partial void NoIdentity(ILogger logger, string attribute);

    [LoggerMessage(6008, LogLevel.Information, "{Dn} stepped aside for another entry and is {Aside} until its own change is applied")]
    public static partial void SteppedAside(ILogger logger, string dn, string aside);
}
