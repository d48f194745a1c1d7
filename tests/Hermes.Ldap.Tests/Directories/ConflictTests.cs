using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Directories.DirectoryFixture;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>Names that are taken: what a target finds, it does not take over, overwrite or delete unless it is proved to be its own.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class ConflictTests(SharedServer<SlapdServer> shared)
{
    private static readonly Entry Ann1 = Ann.With("employeeNumber", 1);

    [ServerFact]
    public async Task An_object_that_is_there_already_is_held_and_not_touched()
    {
        using var fixture = await MakeAsync(options => options.Entries["Users"].KeyAttribute = null);
        AddByHand(fixture);

        for (var i = 0; i < 2; i++)
        {
            var failure = (await fixture.Driver.Invoking(driver => driver.AddAsync("Users", Ann)).Should().ThrowAsync<TargetException>()).Which;
            failure.Fault.Should().Be(FaultKind.Permanent);
            failure.Message.Should().Match("Users 1: The name is taken by the object uid=ann,ou=people,*not touched*WhenExists*KeyAttribute*");
        }

        await fixture.Driver.Invoking(driver => driver.RedeliverAsync(Added(Ann))).Should().ThrowAsync<TargetException>("it is not what a killed attempt had made");
        fixture.Tree.Values("uid=ann,ou=people", "cn").Should().Equal("Old");
    }

    [ServerFact]
    public async Task An_object_with_the_key_of_the_entry_is_held_until_adoption_is_asked_for()
    {
        using var fixture = await MakeAsync();
        AddByHand(fixture, ("employeeNumber", "1"));

        await fixture.Driver.Invoking(driver => driver.AddAsync("Users", Ann1))
            .Should().ThrowAsync<TargetException>().WithMessage("*its 'employeeNumber' is that of this entry*set WhenExists to Adopt*");

        fixture.Tree.Values("uid=ann,ou=people", "cn").Should().Equal("Old");
    }

    [ServerFact]
    public async Task An_object_with_the_key_of_the_entry_is_adopted_and_brought_to_the_wanted_content()
    {
        using var fixture = await MakeAsync(options =>
        {
            options.Entries["Users"].WhenExists = WhenExists.Adopt;
            options.Entries["Users"].Defaults["description"] = ["new here"];
            options.Entries["Users"].Defaults["preferredLanguage"] = ["en"];
        });
        AddByHand(fixture, ("employeeNumber", "1"), ("title", "gone"), ("street", "kept"), ("description", "here for long"));

        await fixture.Driver.AddAsync("Users", Ann1);

        fixture.Tree.Values("uid=ann,ou=people", "cn").Should().Equal("Ann");
        fixture.Tree.Values("uid=ann,ou=people", "title").Should().BeEmpty("it is mapped, and not set");
        fixture.Tree.Values("uid=ann,ou=people", "street").Should().Equal(["kept"], "it is not mapped");
        fixture.Tree.Values("uid=ann,ou=people", "description").Should().Equal(["here for long"], "a default fills what is not set");
        fixture.Tree.Values("uid=ann,ou=people", "preferredLanguage").Should().Equal("en");
    }

    [ServerFact]
    public async Task A_group_that_is_adopted_keeps_its_members()
    {
        using var fixture = await MakeAsync(options =>
        {
            (options.Entries["Groups"].KeyAttribute, options.Entries["Groups"].WhenExists) = ("cn", WhenExists.Adopt);
        });
        fixture.Tree.Add("cn=staff,ou=groups", ("objectClass", "groupOfNames"), ("member", fixture.User("zoe")));

        await fixture.Driver.AddAsync("Groups", Staff);

        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal(fixture.User("zoe"));
    }

    [ServerFact]
    public async Task An_object_of_another_is_never_adopted()
    {
        using var fixture = await MakeAsync(options => options.Entries["Users"].WhenExists = WhenExists.Adopt);
        AddByHand(fixture, ("employeeNumber", "7"));

        await fixture.Driver.Invoking(driver => driver.AddAsync("Users", Ann1)).Should().ThrowAsync<TargetException>().WithMessage("*its 'employeeNumber' is 7*");

        fixture.Tree.Values("uid=ann,ou=people", "cn").Should().Equal("Old");
    }

    [ServerFact]
    public async Task Nothing_is_adopted_where_that_is_refused()
    {
        using var fixture = await MakeAsync(options => options.Entries["Users"].WhenExists = WhenExists.Refuse);
        AddByHand(fixture, ("employeeNumber", "1"));

        await fixture.Driver.Invoking(driver => driver.AddAsync("Users", Ann1)).Should().ThrowAsync<TargetException>().WithMessage("*another name, or delete*");
    }

    [ServerFact]
    public async Task What_a_killed_attempt_made_is_recognised_by_its_key() => await RecogniseAsync("employeeNumber");

    [ServerFact]
    public async Task What_a_killed_attempt_made_is_recognised_by_its_content() => await RecogniseAsync(null);

    private async Task RecogniseAsync(string? key)
    {
        using var fixture = await MakeAsync(options => options.Entries["Users"].KeyAttribute = key);
        await fixture.Driver.ApplyAsync(Added(Ann1));

        await fixture.Driver.RedeliverAsync(Added(Ann1));

        fixture.Tree.Values("uid=ann,ou=people", "cn").Should().Equal("Ann");
    }

    [ServerFact]
    public async Task Of_two_with_one_login_the_second_waits_and_the_first_is_not_touched_when_it_goes()
    {
        using var fixture = await MakeAsync();
        var second = Entry.Of(("id", 2), ("uid", "ann"), ("cn", "Anna"), ("sn", "B"), ("employeeNumber", 2));
        await fixture.Driver.AddAsync("Users", Ann1);
        await fixture.Driver.AddAsync("Groups", Staff);
        await fixture.Driver.AddAsync("Memberships", Membership(Staff, Ann1));

        await fixture.Driver.Invoking(driver => driver.AddAsync("Users", second)).Should().ThrowAsync<TargetException>().WithMessage("Users 2: *that of Users?1?*");
        await fixture.Driver.TrashAsync("Users", second);
        await fixture.Driver.RemoveAsync("Users", second);

        fixture.Tree.Values("uid=ann,ou=people", "cn").Should().Equal("Ann");
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("ann"));
    }

    [ServerFact]
    public async Task A_rename_onto_a_taken_name_is_refused_and_touches_nothing() => await RenameAsync("employeeNumber");

    [ServerFact]
    public async Task A_rename_onto_a_taken_name_is_refused_without_a_key_attribute_too() => await RenameAsync(null);

    private async Task RenameAsync(string? key)
    {
        using var fixture = await MakeAsync(options => options.Entries["Users"].KeyAttribute = key);
        var bob = Bob.With("employeeNumber", 2);
        await fixture.Driver.AddAsync("Users", Ann1);
        await fixture.Driver.AddAsync("Users", bob);
        var rename = TargetDriver.Modified("Users", Ann1, Ann1.With("uid", "bob").With("title", "boss"));

        await fixture.Driver.Invoking(driver => driver.ApplyAsync(rename)).Should().ThrowAsync<TargetException>().WithMessage("*taken by the object uid=bob*");

        // Deleted by hand: the other is still not it, be there a link or not.
        await fixture.Driver.Invoking(driver => driver.RedeliverAsync(rename)).Should().ThrowAsync<TargetException>().WithMessage("*taken by the object uid=bob*");
        fixture.Tree.Delete("uid=ann,ou=people");
        await fixture.Driver.Invoking(driver => driver.ApplyAsync(rename)).Should().ThrowAsync<TargetMissingException>().WithMessage("Users 1: *uid=ann*deleted*");
        fixture.Driver.Context.ForgetLinks();
        await fixture.Driver.Invoking(driver => driver.ApplyAsync(rename)).Should().ThrowAsync<TargetException>().WithMessage("*taken by the object uid=bob*");
        fixture.Tree.Values("uid=bob,ou=people", "title").Should().BeEmpty();
        fixture.Tree.Values("uid=bob,ou=people", "cn").Should().Equal("Bob");
    }

    [ServerFact]
    public async Task Two_leavers_of_one_name_are_moved_to_the_trash_both_at_once()
    {
        using var fixture = await MakeAsync(options =>
        {
            options.Entries["Users"].KeyAttribute = null;
            options.Entries["Users"].WhenTrashed = WhenTrashed.Move;
        });
        var second = Ann.With("id", 2).With("cn", "Second");
        await fixture.Driver.AddAsync("Users", Ann);
        await fixture.Driver.TrashAsync("Users", Ann);
        await fixture.Driver.AddAsync("Users", second);
        await fixture.Driver.TrashAsync("Users", second);
        fixture.Tree.Exists("uid=ann,ou=people").Should().BeFalse();

        await fixture.Driver.RecycleAsync("Users", second);
        fixture.Tree.Values("uid=ann,ou=people", "cn").Should().Equal("Second");
        fixture.Tree.Values("uid=ann,ou=people", "uid").Should().Equal("ann");
        await fixture.Driver.TrashAsync("Users", second);
        await fixture.Driver.RemoveAsync("Users", second);
        fixture.Tree.Values("uid=ann,ou=trash", "cn").Should().Equal(["Ann"], "the other one is still there");
    }

    private static EntryAdded Added(Entry entry) => new("Users", EntryKey.Of(entry["id"]), entry);

    private static void AddByHand(DirectoryFixture fixture, params (string Name, string Values)[] more) => fixture.Tree.Add(
        "uid=ann,ou=people", [("objectClass", "inetOrgPerson"), ("uid", "ann"), ("cn", "Old"), ("sn", "Old"), .. more]);

    private async Task<DirectoryFixture> MakeAsync(Action<DirectoryTargetOptions>? configure = null)
    {
        var server = await shared.GetAsync();
        var tree = Subtree.Of(server);
        return await DirectoryFixture.MakeAsync(server, tree, options =>
        {
            options.Entries["Users"].KeyAttribute = "employeeNumber";
            options.Entries["Users"].TrashBase = tree.Below("ou=trash");
            configure?.Invoke(options);
        });
    }
}
