using System.DirectoryServices.Protocols;
using System.Net;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Benchmarks;

/// <summary>Entries of ten attributes, and the bare search that the source is compared with.</summary>
internal sealed class People : IDisposable
{
    public static readonly string[] Attributes = ["cn", "employeeNumber", "givenName", "l", "mail", "ou", "sn", "telephoneNumber", "title", "uid"];

    private readonly LdapConnection _connection;

    public People(SlapdServer server)
    {
        _connection = new LdapConnection(
            new LdapDirectoryIdentifier("127.0.0.1", server.Port), new NetworkCredential(SlapdServer.AdminDn, SlapdServer.AdminPassword), AuthType.Basic);
        _connection.SessionOptions.ProtocolVersion = 3;
        _connection.Bind();
    }

    public void Add(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var request = new AddRequest($"uid=u{i},{SlapdServer.Suffix}", new DirectoryAttribute("objectClass", "inetOrgPerson"));
            foreach (var name in Attributes.Where(name => name != "mail"))
                request.Attributes.Add(new DirectoryAttribute(name, name == "uid" ? $"u{i}" : name == "telephoneNumber" ? $"+33 1 {i}" : $"{name} of {i}"));
            request.Attributes.Add(new DirectoryAttribute("mail", $"u{i}@campus.example", $"user.{i}@campus.example"));
            _connection.SendRequest(request);
        }
    }

    /// <summary>Reads all pages with the client library alone; the values are taken as the library hands them out.</summary>
    public int SearchBare(int pageSize)
    {
        var values = 0;
        var page = new PageResultRequestControl(pageSize);
        var request = new SearchRequest(SlapdServer.Suffix, "(objectClass=inetOrgPerson)", SearchScope.Subtree, Attributes);
        request.Controls.Add(page);
        do
        {
            var response = (SearchResponse)_connection.SendRequest(request);
            foreach (SearchResultEntry entry in response.Entries)
            {
                foreach (var name in Attributes)
                    values += entry.Attributes[name].GetValues(typeof(string)).Length;
            }

            page.Cookie = response.Controls.OfType<PageResultResponseControl>().Single().Cookie;
        }
        while (page.Cookie.Length > 0);
        return values;
    }

    public void Dispose() => _connection.Dispose();
}
