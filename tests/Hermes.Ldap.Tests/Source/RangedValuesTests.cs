using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Source;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Ldap.Tests.Source;

[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class RangedValuesTests(SharedServer<SambaServer> shared)
{
    private const int MemberCount = 25;

    [ServerFact]
    public async Task An_attribute_that_the_server_returns_in_pieces_is_read_to_its_end()
    {
        var (tree, options, group) = await MakeGroupAsync();
        using var client = new LdapClient(options, TimeProvider.System, NullLogger.Instance);
        await using var session = await client.LeaseAsync(CancellationToken.None);
        var first = await session.SendAsync<SearchResponse>(
            new SearchRequest(group, "(objectClass=*)", SearchScope.Base, "member;range=0-9"), "Reading", CancellationToken.None);

        var piece = RangedValues.FirstPiece(first.Entries[0], "member");
        piece!.Value.Values.Count.Should().Be(10);
        piece.Value.Next.Should().Be(10);

        // The piece as a source gets it from a server with a limit: the attribute itself is empty or missing.
        var row = await new SearchColumns(["member"], options, new DirectorySchema()).ReadAsync(session, first.Entries[0], CancellationToken.None);
        row.Values[0].AsList().Should().HaveCount(MemberCount).And.OnlyHaveUniqueItems();
        tree.Dispose();
    }

    [ServerFact]
    public async Task An_attribute_without_a_piece_is_taken_as_it_is()
    {
        var (tree, options, group) = await MakeGroupAsync();
        using var source = new LdapSource(options);
        var operation = new SourceOperation(
            SourceOperationKind.Fetch, "(objectClass=group)", new Dictionary<string, Value> { ["base"] = tree.Dn }, ["cn", "member", "objectGUID", "objectSid"]);

        var rows = new List<SourceRow>();
        await foreach (var row in source.FetchAsync(operation, CancellationToken.None))
            rows.Add(row);

        var values = rows.Should().ContainSingle().Which.Values.ToArray();
        values[1].AsList().Should().HaveCount(MemberCount);
        values[2].AsBytes().Length.Should().Be(16);
        values[3].Kind.Should().Be(ValueKind.Bytes);
        group.Should().StartWith($"cn={values[0]}");
    }

    private async Task<(Subtree Tree, LdapSourceOptions Options, string Group)> MakeGroupAsync()
    {
        var server = await shared.GetAsync();
        var tree = Subtree.Of(server);
        var unique = Guid.NewGuid().ToString("N")[..8];
        for (var i = 0; i < MemberCount; i++)
            tree.Add($"cn=u{i}", ("objectClass", "user"), ("sAMAccountName", $"u{i}-{unique}"));
        tree.Add($"cn=g{unique}", "member", Enumerable.Range(0, MemberCount).Select(i => $"cn=u{i},{tree.Dn}"), ("objectClass", "group"), ("sAMAccountName", $"g{unique}"));
        var options = new LdapSourceOptions
        {
            Url = server.Url,
            BindDn = SambaServer.Admin,
            Password = SambaServer.AdminPassword,
            CaCertificateFile = server.CaFile,
            PageSize = 10,
        };
        return (tree, options, $"cn=g{unique},{tree.Dn}");
    }
}
