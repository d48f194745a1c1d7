using System.DirectoryServices.Protocols;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>What a directory tells of its objects, beside what every target that can be read back does.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class DirectoryReadingTests(SharedServer<SlapdServer> shared)
{
    private static readonly TargetType People = new(
        "People", ["boss", "code", "id", "mail", "name", "phone", "photo", "since", "site", "tags"], ["id"], ["code"], DirectoryReading.NoParents);

    [ServerFact]
    public async Task Values_are_compared_as_the_schema_says()
    {
        await using var reading = await MakeAsync();
        var boss = $"uid=boss,{reading.Base}";
        byte[] photo = [0xFF, 0xD8, 0, 1, 0x0A];
        var ann = Entry.Of(
            ("id", "ann"), ("name", "Ann"), ("mail", "Ann@x.example"), ("phone", "+49 30 1234-5"), ("boss", boss), ("photo", photo), ("site", "http://X/a"),
            ("since", new DateTime(2024, 5, 1, 12, 30, 0)), ("tags", ValueList.Create(["b", "a", 3])));
        await reading.Target.ApplyAsync(new EntryAdded("People", EntryKey.Of("ann"), ann), new Testing.Targets.TestTargetContext(), default);

        var held = (await reading.AllAsync()).Single().Content;

        foreach (var (attribute, value) in ann)
            reading.Target.IsSame("People", attribute, value, held[attribute]).Should().BeTrue($"'{attribute}' is {value}, held as {held[attribute]}");
        held["photo"].AsBytes().ToArray().Should().Equal(photo);
        held["tags"].Should().Be((Value)ValueList.Create(["3", "a", "b"]));
        (string Attribute, Value Value)[] same =
        [
            ("mail", "ann@X.EXAMPLE"), ("phone", "+4930123 45"), ("boss", boss.ToUpperInvariant().Replace(",", " , ", StringComparison.Ordinal)),
            ("tags", ValueList.Create([3, "B", "a"])), ("since", "202405011430+0200"), ("name", " ANN "),
        ];
        foreach (var (attribute, value) in same)
            reading.Target.IsSame("People", attribute, value, held[attribute]).Should().BeTrue($"'{attribute}' is the same as {value}");
        (string Attribute, Value Value)[] others =
        [
            ("mail", "ann@y.example"), ("phone", "+49 30 12346"), ("boss", $"uid=other,{reading.Base}"), ("photo", new byte[] { 0xFF, 0xD8 }), ("site", "http://x/a"),
            ("since", new DateTime(2024, 5, 1, 12, 30, 1)), ("tags", ValueList.Create(["a", "b"])), ("tags", ValueMap.Create([new("a", 1)])), ("name", Value.Null),
        ];
        foreach (var (attribute, value) in others)
            reading.Target.IsSame("People", attribute, value, held[attribute]).Should().BeFalse($"'{attribute}' is not {value}");
    }

    [ServerFact]
    public async Task A_default_is_what_an_object_has_while_its_entry_has_nothing()
    {
        await using var reading = await MakeAsync(options => options.Defaults["preferredLanguage"] = ["en"], ("lang", "preferredLanguage"));
        await reading.Target.ApplyAsync(
            new EntryAdded("People", EntryKey.Of("ann"), Entry.Of(("id", "ann"), ("name", "Ann"))), new Testing.Targets.TestTargetContext(), default);

        var held = (await reading.AllAsync()).Single().Content;

        held["lang"].Should().Be((Value)"en");
        reading.Target.IsSame("People", "lang", Value.Null, held["lang"]).Should().BeTrue();
        reading.Target.IsSame("People", "lang", "de", held["lang"]).Should().BeFalse();
        reading.Target.IsSame("People", "lang", Value.Null, "fr").Should().BeFalse();
        reading.Target.IsSame("People", "lang", Value.Null, Value.Null).Should().BeFalse("it would be given its default");
    }

    [ServerFact]
    public async Task Passwords_members_that_memberships_write_and_values_with_options_are_not_told()
    {
        using var fixture = await DirectoryFixture.MakeAsync(await shared.GetAsync(), await TreeAsync(), options => options.Entries["Groups"].Rename["description"] = "member");
        await fixture.Driver.AddAsync("Users", DirectoryFixture.Ann.With("password", "s3cret-1"));
        await fixture.Driver.AddAsync("Groups", DirectoryFixture.Staff);
        await fixture.Driver.AddAsync("Memberships", DirectoryFixture.Membership(DirectoryFixture.Staff, DirectoryFixture.Ann));
        fixture.Tree.Connection.SendRequest(new ModifyRequest(fixture.User("ann"), DirectoryAttributeOperation.Add, "title;lang-de", "Frau"));

        var users = await DirectoryReading.AllAsync(fixture.Target, "Users", "title");
        var groups = await DirectoryReading.AllAsync(fixture.Target, "Groups");

        users.Single().Content.Keys.Should().Equal("cn", "mail", "sn", "uid");
        users.Single().Others.Should().BeEmpty();
        groups.Single().Content.Keys.Should().Equal("cn");
        fixture.Target.CanRead("Memberships").Should().BeFalse();
        foreach (var secret in new[] { "userPassword", "2.5.4.35" })
        {
            var ask = async () => await DirectoryReading.AllAsync(fixture.Target, "Users", secret);
            await ask.Should().ThrowAsync<TargetException>().WithMessage("*secret*");
        }
    }

    [ServerFact]
    public async Task The_base_is_read_to_its_depth_and_the_container_itself_is_none_of_the_objects()
    {
        await using var reading = await MakeAsync(options =>
        {
            (options.DnAttribute, options.TrashBase, options.WhenTrashed) = ("ou", $"ou=trash,{options.Base}", WhenTrashed.Move);
            options.ObjectClasses.Clear();
            options.ObjectClasses.Add("organizationalUnit");
            options.Rename["id"] = "ou";
        });
        foreach (var unit in new[] { "ou=a", "ou=b,ou=a", "ou=trash", "ou=old,ou=trash" })
            reading.Tree.Add($"{unit},ou=people", ("objectClass", "organizationalUnit"));

        var told = await reading.AllAsync();

        told.ToDictionary(one => one.Name[..^(reading.Base.Length + 1)], one => one.IsTrashed)
            .Should().Equal(new Dictionary<string, bool> { ["ou=a"] = false, ["ou=b,ou=a"] = false, ["ou=old,ou=trash"] = true });
    }

    [ServerFact]
    public async Task An_object_that_was_moved_elsewhere_is_found_by_its_link_alone()
    {
        await using var reading = await MakeAsync();
        reading.Tree.Person("ann,ou=people");
        var link = (await reading.AllAsync()).Single().Link;

        reading.Tree.Move("uid=ann,ou=people", "uid=anna,ou=other");

        (await reading.AllAsync()).Should().BeEmpty();
        var found = await reading.Target.FindAsync("People", link, default);
        found!.Name.Should().Be(reading.Tree.Below("uid=anna,ou=other"));
        found.IsTrashed.Should().BeFalse();
        (await reading.Target.FindAsync("People", Guid.NewGuid().ToString(), default)).Should().BeNull();
        (await reading.Target.FindAsync("People", "no *)(uid=*", default)).Should().BeNull();
    }

    [ServerFact]
    public async Task A_limit_of_the_server_a_reference_to_another_and_a_missing_base_are_errors_and_never_a_shorter_answer()
    {
        await using var reading = await MakeAsync();
        for (var i = 0; i < 12; i++)
            reading.Tree.Person($"p{i},ou=people");
        (await reading.AllAsync()).Should().HaveCount(12);

        var limited = await reading.AsAsync(SlapdServer.ReaderDn, SlapdServer.ReaderPassword);
        var read = async () => await DirectoryReading.AllAsync(limited, "People");
        (await read.Should().ThrowAsync<TargetException>()).WithMessage("People: *sizeLimitExceeded*").Which.Fault.Should().Be(FaultKind.Permanent);

        reading.Tree.Refer("ou=elsewhere,ou=people");
        var referred = async () => await reading.AllAsync();
        await referred.Should().ThrowAsync<TargetException>().WithMessage("*reference to another server*not complete*");

        await using var baseless = await MakeAsync(options => options.Base = $"ou=none,{SlapdServer.Suffix}");
        var missing = async () => await baseless.AllAsync();
        await missing.Should().ThrowAsync<TargetException>().WithMessage("*ou=none*noSuchObject*");
    }

    [ServerFact]
    public async Task An_attribute_that_the_schema_does_not_know_is_an_error_that_names_it()
    {
        await using var reading = await MakeAsync();

        var read = async () => await reading.AllAsync("entryDN", "misspelt");

        await read.Should().ThrowAsync<TargetException>().WithMessage("*'misspelt'*");
    }

    [ServerFact]
    public async Task Without_an_identity_nothing_can_be_read_back()
    {
        await using var reading = await MakeAsync(identity: "employeeNumber");
        reading.Tree.Person("ann,ou=people");

        var read = async () => await reading.AllAsync();

        await read.Should().ThrowAsync<TargetException>().WithMessage("*employeeNumber*IdentityAttribute*");
    }

    [ServerFact]
    public async Task More_objects_than_a_page_has_are_told_and_a_reading_may_be_left()
    {
        await using var reading = await MakeAsync();
        for (var i = 0; i < 1100; i++)
            reading.Tree.Person($"p{i},ou=people");

        await foreach (var one in reading.Target.ReadAsync("People", [], default))
        {
            one.Content["name"].IsSet.Should().BeTrue();
            break;
        }

        (await reading.AllAsync()).Select(one => one.Link).Distinct().Should().HaveCount(1100);
    }

    private async Task<Subtree> TreeAsync() => Subtree.Of(await shared.GetAsync());

    private async Task<DirectoryReading> MakeAsync(
        Action<DirectoryEntryOptions>? configure = null, (string Local, string Ldap)? more = null, string identity = "entryUUID") =>
        await DirectoryReading.MakeAsync(await shared.GetAsync(), await TreeAsync(), People, configure, more, identity);
}
