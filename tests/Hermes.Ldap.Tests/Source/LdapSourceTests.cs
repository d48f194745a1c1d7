using System.DirectoryServices.Protocols;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Ldap.Source;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Source;

[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class LdapSourceTests(SharedServer<SlapdServer> shared)
{
    [ServerFact]
    public async Task One_value_is_a_text_several_are_a_sorted_list_and_none_is_not_set()
    {
        var (source, tree) = await OpenAsync();
        tree.Add("uid=a", "mail", ["z@x", "a@x"], ("objectClass", "inetOrgPerson"), ("cn", "A"), ("sn", "A"));

        var row = (await ReadAsync(source, "(uid=a)", ["cn", "mail", "title", "dn"])).Single();

        row["cn"].Should().Be(Value.From("A"));
        row["mail"].Should().Be(Value.From(ValueList.Create(["a@x", "z@x"])));
        row["title"].Should().Be(Value.Null);
        row["dn"].Should().Be(Value.From($"uid=a,{tree.Dn}"));
    }

    [ServerFact]
    public async Task Attributes_are_converted_as_the_options_say()
    {
        var (source, tree) = await OpenAsync(options =>
        {
            options.ListAttributes.Add("CN");
            options.IntegerAttributes.Add("uidNumber");
            options.DateTimeAttributes.Add("createTimestamp");
            options.BooleanAttributes.Add("hasSubordinates");
        });
        var photo = new byte[] { 0xff, 0xd8, 0x00, 0x01 };
        tree.Connection.SendRequest(new AddRequest(
            $"uid=a,{tree.Dn}",
            new DirectoryAttribute("objectClass", "inetOrgPerson", "posixAccount"),
            new DirectoryAttribute("cn", "A"),
            new DirectoryAttribute("sn", "A"),
            new DirectoryAttribute("uidNumber", "4711"),
            new DirectoryAttribute("gidNumber", "0"),
            new DirectoryAttribute("homeDirectory", "/home/a"),
            new DirectoryAttribute("jpegPhoto", photo)));

        var row = (await ReadAsync(source, "(uid=a)", ["cn", "uidNumber", "gidNumber", "createTimestamp", "hasSubordinates", "jpegPhoto"])).Single();

        row["cn"].Should().Be(Value.From(ValueList.Create(["A"])));
        row["uidNumber"].Should().Be(Value.From(4711));
        row["gidNumber"].Should().Be(Value.From("0"));
        row["createTimestamp"].Kind.Should().Be(ValueKind.DateTime);
        row["hasSubordinates"].Should().Be(Value.From(false));
        row["jpegPhoto"].Should().Be(Value.From(photo));
    }

    [ServerFact]
    public async Task A_value_of_the_wrong_syntax_names_attribute_entry_and_option()
    {
        var (source, tree) = await OpenAsync(options => options.IntegerAttributes.Add("cn"));
        tree.Person("a");

        var read = () => ReadAsync(source, "(uid=a)", ["cn"]);

        (await read.Should().ThrowAsync<SourceException>()).WithMessage($"*'cn' of uid=a,{tree.Dn}*IntegerAttributes*").Which.Fault.Should().Be(FaultKind.Permanent);
    }

    [ServerFact]
    public async Task All_pages_are_read()
    {
        var (source, tree) = await OpenAsync(options => options.PageSize = 7);
        for (var i = 0; i < 50; i++)
            tree.Person($"u{i:00}");

        var rows = await ReadAsync(source, "(uid=*)", ["uid"]);

        rows.Select(row => row["uid"].AsString()).Order(StringComparer.Ordinal).Should().Equal(Enumerable.Range(0, 50).Select(i => $"u{i:00}"));
    }

    [ServerFact]
    public async Task A_result_that_the_server_cuts_short_is_an_error_and_never_a_smaller_result()
    {
        var (_, tree) = await OpenAsync();
        for (var i = 0; i < 12; i++)
            tree.Person($"u{i:00}");
        using var source = new LdapSource(await OptionsAsync(options =>
        {
            (options.BindDn, options.Password, options.Base, options.PageSize) = (SlapdServer.ReaderDn, SlapdServer.ReaderPassword, tree.Dn, 4);
        }));

        var read = () => ReadAsync(source, "(uid=*)", ["uid"]);

        (await read.Should().ThrowAsync<SourceException>()).WithMessage("*sizeLimitExceeded*size limit*").Which.Fault.Should().Be(FaultKind.Permanent);
    }

    [ServerFact]
    public async Task Without_pages_a_result_that_the_server_cuts_short_is_an_error_too()
    {
        var (_, tree) = await OpenAsync();
        for (var i = 0; i < 12; i++)
            tree.Person($"u{i:00}");
        using var source = new LdapSource(await OptionsAsync(options =>
        {
            (options.BindDn, options.Password, options.Base, options.PageSize) = (SlapdServer.ReaderDn, SlapdServer.ReaderPassword, tree.Dn, 0);
        }));

        var read = () => ReadAsync(source, "(uid=*)", ["uid"]);

        await read.Should().ThrowAsync<SourceException>().WithMessage("*sizeLimitExceeded*");
    }

    [ServerFact]
    public async Task A_missing_base_is_an_error_and_never_an_empty_result()
    {
        var (source, _) = await OpenAsync(options => options.Base = "ou=none,dc=hermes,dc=test");

        var read = () => ReadAsync(source, "(uid=*)", ["uid"]);

        (await read.Should().ThrowAsync<SourceException>()).WithMessage("*'ou=none,dc=hermes,dc=test'*noSuchObject*base*").Which.Fault.Should().Be(FaultKind.Permanent);
    }

    [ServerFact]
    public async Task Base_scope_filter_and_further_attributes_come_from_variables()
    {
        var (source, tree) = await OpenAsync();
        tree.Add("ou=a", ("objectClass", "organizationalUnit"));
        tree.Add("uid=deep,ou=a", ("objectClass", "inetOrgPerson"), ("cn", "deep"), ("sn", "deep"));
        tree.Person("shallow");

        var rows = await ReadAsync(source, "", ["uid"], ("filter", "(objectClass=inetOrgPerson)"), ("scope", "one"), ("attributes", ValueList.Create(["sn"])));
        rows.Should().ContainSingle().Which.Should().BeEquivalentTo(new Dictionary<string, Value> { ["uid"] = "shallow", ["sn"] = "shallow" });

        rows = await ReadAsync(source, "(uid={login})", ["uid"], ("base", $"ou={{unit}},{tree.Dn}"), ("unit", "a"), ("login", "deep"));
        rows.Should().ContainSingle().Which["uid"].Should().Be(Value.From("deep"));
    }

    [ServerFact]
    public async Task A_value_that_looks_like_a_filter_finds_only_itself()
    {
        var (source, tree) = await OpenAsync();
        tree.Person("a");
        tree.Person("b)(uid=*");

        (await ReadAsync(source, "(uid={login})", ["dn"], ("login", "*"))).Should().BeEmpty();
        (await ReadAsync(source, "(uid={login})", ["dn"], ("login", "b)(uid=*"))).Should().ContainSingle();
    }

    [ServerFact]
    public async Task References_to_other_servers_are_left_out_or_an_error_as_the_options_say()
    {
        var (source, tree) = await OpenAsync();
        tree.Person("a");
        tree.Refer("ou=elsewhere");

        (await ReadAsync(source, "(uid=*)", ["uid"])).Should().ContainSingle();

        using var strict = new LdapSource(await OptionsAsync(options => (options.Base, options.Referrals) = (tree.Dn, ReferralHandling.Error)));
        var read = () => ReadAsync(strict, "(uid=*)", ["uid"]);
        await read.Should().ThrowAsync<SourceException>().WithMessage("*reference to another server*");

        var behind = () => ReadAsync(source, "(uid=*)", ["uid"], ("base", $"ou=elsewhere,{tree.Dn}"));
        await behind.Should().ThrowAsync<SourceException>().WithMessage("*referral*");
    }

    [ServerFact]
    public async Task Rows_come_while_later_pages_are_still_unread()
    {
        var (source, tree) = await OpenAsync(options => options.PageSize = 2);
        for (var i = 0; i < 6; i++)
            tree.Person($"u{i}");

        await using var rows = source.FetchAsync(Fetch("(uid=*)", ["uid"]), CancellationToken.None).GetAsyncEnumerator();
        (await rows.MoveNextAsync()).Should().BeTrue();
        tree.Person("u9");
        await using var others = source.FetchAsync(Fetch("(uid=*)", ["uid"]), CancellationToken.None).GetAsyncEnumerator();

        (await others.MoveNextAsync()).Should().BeTrue("a read that is not finished keeps its own connection, and so its page cookie");
        (await rows.MoveNextAsync()).Should().BeTrue();
    }

    [ServerFact]
    public async Task Entries_are_added_modified_and_deleted()
    {
        var (source, tree) = await OpenAsync();
        var names = ValueMap.Create([new("objectClass", ValueList.Create(["inetOrgPerson"])), new("cn", "A"), new("sn", "A"), new("title", Value.Null)]);

        await source.ExecuteAsync(Write(SourceOperationKind.Add, ("dn", $"uid={{login}},{tree.Dn}"), ("login", "a,b"), ("attributes", names)), CancellationToken.None);
        tree.Values(@"uid=a\,b", "sn").Should().Equal("A");

        await source.ExecuteAsync(
            Write(
                SourceOperationKind.Modify,
                ("dn", $@"uid=a\,b,{tree.Dn}"),
                ("add", ValueMap.Create([new("mail", ValueList.Create(["1@x", "2@x"]))])),
                ("modify", ValueMap.Create([new("sn", "B")]))),
            CancellationToken.None);
        tree.Values(@"uid=a\,b", "mail").Should().Equal("1@x", "2@x");
        tree.Values(@"uid=a\,b", "sn").Should().Equal("B");

        await source.ExecuteAsync(
            Write(SourceOperationKind.Modify, ("dn", $@"uid=a\,b,{tree.Dn}"), ("delete", ValueMap.Create([new("mail", "1@x")]))), CancellationToken.None);
        tree.Values(@"uid=a\,b", "mail").Should().Equal("2@x");

        await source.ExecuteAsync(
            Write(SourceOperationKind.Modify, ("dn", $@"uid=a\,b,{tree.Dn}"), ("delete", ValueList.Create(["mail"]))), CancellationToken.None);
        tree.Values(@"uid=a\,b", "mail").Should().BeEmpty();

        await source.ExecuteAsync(Write(SourceOperationKind.Delete, ("dn", $@"uid=a\,b,{tree.Dn}")), CancellationToken.None);
        tree.Exists(@"uid=a\,b").Should().BeFalse();
    }

    [ServerFact]
    public async Task A_write_that_the_schema_forbids_says_what_is_wrong_and_shows_no_value()
    {
        var (source, tree) = await OpenAsync();
        var attributes = ValueMap.Create([new("objectClass", "inetOrgPerson"), new("cn", "A"), new("userPassword", "Tr0ub4dor&3")]);

        var write = () => source.ExecuteAsync(
            Write(SourceOperationKind.Add, ("dn", $"uid=a,{tree.Dn}"), ("attributes", attributes)), CancellationToken.None);

        var failure = (await write.Should().ThrowAsync<SourceException>()).WithMessage("*objectClassViolation*requires attribute 'sn'*").Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.ToString().Should().NotContain("Tr0ub4dor").And.NotContain(SlapdServer.AdminPassword);
    }

    [ServerFact]
    public async Task A_write_without_the_right_says_so()
    {
        var (_, tree) = await OpenAsync();
        using var source = new LdapSource(await OptionsAsync(options => (options.BindDn, options.Password) = (SlapdServer.ReaderDn, SlapdServer.ReaderPassword)));

        var write = () => source.ExecuteAsync(Write(SourceOperationKind.Delete, ("dn", tree.Dn)), CancellationToken.None);

        await write.Should().ThrowAsync<SourceException>().WithMessage("*insufficientAccessRights*rights*");
    }

    [ServerFact]
    public async Task A_malformed_filter_says_so_and_the_connection_stays_of_use()
    {
        var (source, tree) = await OpenAsync();
        tree.Person("a");

        var read = () => ReadAsync(source, "(uid=a", ["uid"]);

        (await read.Should().ThrowAsync<SourceException>()).WithMessage("*filterError*parentheses*").Which.Fault.Should().Be(FaultKind.Permanent);
        (await ReadAsync(source, "(uid=a)", ["uid"])).Should().ContainSingle();
    }

    [ServerFact]
    public async Task A_cancelled_read_ends_and_the_next_one_works()
    {
        var (source, tree) = await OpenAsync(options => options.PageSize = 1);
        tree.Person("a");
        tree.Person("b");
        using var cancellation = new CancellationTokenSource();

        var read = async () =>
        {
            await foreach (var _ in source.FetchAsync(Fetch("(uid=*)", ["uid"]), cancellation.Token))
                await cancellation.CancelAsync();
        };

        await read.Should().ThrowAsync<OperationCanceledException>();
        (await ReadAsync(source, "(uid=*)", ["uid"])).Should().HaveCount(2);
    }

    [ServerFact]
    public async Task Text_that_is_no_UTF_8_names_the_option_for_bytes()
    {
        var (source, tree) = await OpenAsync();
        tree.Connection.SendRequest(new AddRequest(
            $"uid=a,{tree.Dn}",
            new DirectoryAttribute("objectClass", "inetOrgPerson"),
            new DirectoryAttribute("cn", "A"),
            new DirectoryAttribute("sn", "A"),
            new DirectoryAttribute("userPassword", [0xff, 0xfe, 0x00])));

        var read = () => ReadAsync(source, "(uid=a)", ["userPassword"]);

        await read.Should().ThrowAsync<SourceException>().WithMessage("*'userPassword'*BinaryAttributes*");
    }

    private static SourceOperation Fetch(string filter, IReadOnlyList<string> attributes, params (string Name, Value Value)[] variables) =>
        new(SourceOperationKind.Fetch, filter, variables.ToDictionary(pair => pair.Name, pair => pair.Value), attributes);

    private static SourceOperation Write(SourceOperationKind kind, params (string Name, Value Value)[] variables) =>
        new(kind, "", variables.ToDictionary(pair => pair.Name, pair => pair.Value), []);

    private static async Task<List<Dictionary<string, Value>>> ReadAsync(
        LdapSource source, string filter, IReadOnlyList<string> attributes, params (string Name, Value Value)[] variables)
    {
        var rows = new List<Dictionary<string, Value>>();
        await foreach (var row in source.FetchAsync(Fetch(filter, attributes, variables), CancellationToken.None))
            rows.Add(row.Columns.Names.Zip(row.Values.ToArray()).ToDictionary(pair => pair.First, pair => pair.Second));
        return rows;
    }

    private async Task<(LdapSource Source, Subtree Tree)> OpenAsync(Action<LdapSourceOptions>? configure = null)
    {
        var tree = Subtree.Of(await shared.GetAsync());
        var options = await OptionsAsync(options => options.Base = tree.Dn);
        configure?.Invoke(options);
        return (new LdapSource(options), tree);
    }

    private async Task<LdapSourceOptions> OptionsAsync(Action<LdapSourceOptions> configure)
    {
        var server = await shared.GetAsync();
        var options = new LdapSourceOptions { Url = server.Url, BindDn = SlapdServer.AdminDn, Password = SlapdServer.AdminPassword };
        configure(options);
        return options;
    }
}
