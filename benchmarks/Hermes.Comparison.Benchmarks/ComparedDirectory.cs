using System.DirectoryServices.Protocols;
using System.Net;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.Ldap.Directories;
using Hermes.TestSupport.Servers;

namespace Hermes.Comparison.Benchmarks;

/// <summary>A directory of an OpenLDAP server.</summary>
internal sealed class ComparedDirectory : ICompared
{
    private static readonly string[] Attributes = ["uid", "cn", "sn", "givenName", "mail", "telephoneNumber", "roomNumber", "employeeType"];

    private readonly SlapdServer _server;
    private readonly LdapConnection _connection;

    private ComparedDirectory(SlapdServer server)
    {
        _server = server;
        _connection = new LdapConnection(
            new LdapDirectoryIdentifier("127.0.0.1", server.Port), new NetworkCredential(SlapdServer.AdminDn, SlapdServer.AdminPassword), AuthType.Basic);
        _connection.SessionOptions.ProtocolVersion = 3;
        _connection.Bind();
        var options = new DirectoryTargetOptions { Url = server.TlsUrl, CaCertificateFile = server.CaFile, BindDn = SlapdServer.AdminDn, Password = SlapdServer.AdminPassword };
        options.Entries["People"] = new DirectoryEntryOptions { Base = SlapdServer.Suffix, DnAttribute = "uid", ObjectClasses = { "inetOrgPerson" } };
        Target = new DirectoryTarget(options);
    }

    public IClientTarget Target { get; }

    public static async Task<ICompared> StartAsync() => new ComparedDirectory(await SlapdServer.StartAsync(CancellationToken.None));

    public void Map(ClientTypeBuilder type) => type.From("Users")
        .Map("uid", "login").Map("cn", "{{ first ~ ' ' ~ last }}").Map("sn", "last").Map("givenName", "first").Map("mail").Map("telephoneNumber", "phone")
        .Map("roomNumber", "room").Map("employeeType", "status");

    public void ChangeOneOfAHundred() => Pages(["uid"], entry =>
    {
        if (entry.DistinguishedName.Split(',')[0].EndsWith("00", StringComparison.Ordinal))
            _connection.SendRequest(new ModifyRequest(entry.DistinguishedName, DirectoryAttributeOperation.Replace, "roomNumber", "by hand"));
    });

    public Task<int> ReadBareAsync()
    {
        var values = 0;
        var entries = Pages(Attributes, entry =>
        {
            foreach (var name in Attributes)
                values += entry.Attributes[name].GetValues(typeof(string)).Length;
        });
        return Task.FromResult(values > 0 ? entries : 0);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    private int Pages(string[] attributes, Action<SearchResultEntry> act)
    {
        var entries = 0;
        var page = new PageResultRequestControl(1000);
        var request = new SearchRequest(SlapdServer.Suffix, "(objectClass=inetOrgPerson)", SearchScope.Subtree, attributes);
        request.Controls.Add(page);
        do
        {
            var response = (SearchResponse)_connection.SendRequest(request);
            foreach (SearchResultEntry entry in response.Entries)
                act(entry);
            entries += response.Entries.Count;
            page.Cookie = response.Controls.OfType<PageResultResponseControl>().Single().Cookie;
        }
        while (page.Cookie.Length > 0);
        return entries;
    }
}
