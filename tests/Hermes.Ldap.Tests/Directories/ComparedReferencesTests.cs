using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Comparison;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Directories.ReferringDirectory;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>References are read back to the entries that they lead to: told where others changed them, and never taken for changed because an object has another name.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class ComparedReferencesTests(SharedServer<SlapdServer> shared)
{
    [ServerFact]
    public async Task What_others_changed_of_managers_and_members_is_told_by_the_keys_and_put_right()
    {
        await using var campus = await StartAsync(false);
        (await CompareAsync(campus)).Should().BeEmpty();
        campus.Tree.Person("guest");

        Modify(campus, "uid=bob,ou=people", DirectoryAttributeOperation.Replace, "manager", campus.User("cid"));
        Modify(campus, "cn=staff,ou=groups", DirectoryAttributeOperation.Delete, "member", campus.User("ann"));
        Modify(campus, "cn=staff,ou=groups", DirectoryAttributeOperation.Add, "member", campus.Tree.Below("uid=guest"));
        Modify(campus, "cn=staff,ou=groups", DirectoryAttributeOperation.Add, "member", "cn=service,dc=elsewhere");
        Modify(campus, "cn=all,ou=groups", DirectoryAttributeOperation.Replace, "member", campus.Group("all"));
        Modify(campus, "cn=all,ou=groups", DirectoryAttributeOperation.Replace, "owner", campus.Tree.Below("uid=guest"));

        (await CompareAsync(campus)).Should().BeEquivalentTo(
            "Users 2 manager: 1, 3", "Groups 1 members: [1, 2], 2", "Groups 2 groups: 1, 2; members: 3, -; owner: 2, -");
        (await RepairAsync(campus)).Should().Be(3);

        campus.Managers().Should().Equal($"bob {campus.User("ann")}");
        campus.Members("staff").Should().BeEquivalentTo(
            [campus.User("ann"), campus.User("bob"), campus.Tree.Below("uid=guest"), "cn=service,dc=elsewhere"], "what is no entry's is somebody else's");
        campus.Members("all").Should().Equal(campus.Group("staff"), campus.User("cid"));
        campus.Tree.Values("cn=all,ou=groups", "owner").Should().Equal(campus.User("bob"));
        (await CompareAsync(campus)).Should().BeEmpty();
    }

    [ServerFact]
    public async Task A_member_that_others_moved_is_the_same_where_the_server_corrects_names_and_one_that_they_deleted_is_made_anew_as_a_member()
    {
        await using var campus = await StartAsync(correctsItself: true);
        campus.Tree.Move("uid=bob,ou=people", "uid=bob,ou=other");
        (await CompareAsync(campus)).Should().BeEmpty("the groups lead to the same person");

        campus.Tree.Delete("uid=cid,ou=people");
        (await CompareAsync(campus)).Should().BeEquivalentTo("Users 3", "Groups 2 members: 3, -");
        await RepairAsync(campus);

        campus.Members("all").Should().Equal(campus.Group("staff"), campus.User("cid"));
        (await CompareAsync(campus)).Should().BeEmpty();
    }

    [ServerFact]
    public async Task What_waits_for_its_entry_is_no_difference_and_groups_of_names_are_read_back_too()
    {
        await using var campus = await StartAsync(false, options =>
        {
            options.Entries["Groups"].ReferenceAttributes["groups"] = "seeAlso";
            options.Entries["Groups"].ReferenceAttributes["members"] = "businessCategory";
            options.Entries["Groups"].ReferenceValues["members"] = "uid";
            options.Entries["Groups"].EmptyMember = null;
            options.Entries["Groups"].Defaults["member"] = ["cn=nobody"];
        });
        await campus.SendAsync(Changed("SRVGroups", 1, ("members", List(1, 2, 9))));
        campus.Tree.Values("cn=staff,ou=groups", "businessCategory").Should().Equal("ann", "bob");
        (await CompareAsync(campus)).Should().BeEmpty("the ninth is still to come");

        Modify(campus, "cn=staff,ou=groups", DirectoryAttributeOperation.Replace, "businessCategory", "cid", "nobody");
        (await CompareAsync(campus)).Should().Equal("Groups 1 members: [1, 2], 3");
        await RepairAsync(campus);
        campus.Tree.Values("cn=staff,ou=groups", "businessCategory").Should().Equal("ann", "bob", "nobody");
    }

    private async Task<ReferringDirectory> StartAsync(bool correctsItself, Action<Hermes.Ldap.Directories.DirectoryTargetOptions>? configure = null) =>
        await ReferringDirectory.StartAsync(
            await shared.GetAsync(),
            correctsItself,
            [
                Person(1, "ann"),
                Person(2, "bob", manager: 1),
                Person(3, "cid"),
                ReferringDirectory.Group(1, "staff", [1, 2], []),
                ReferringDirectory.Group(2, "all", [3], [1], owner: 2),
            ],
            configure);

    private static void Modify(ReferringDirectory campus, string relative, DirectoryAttributeOperation operation, string attribute, params object[] values) =>
        campus.Tree.Connection.SendRequest(new ModifyRequest(campus.Tree.Below(relative), operation, attribute, values));

    /// <summary>What a comparison of both types finds, but for what is nobody's: <c>Users 2 manager: 1, 3</c>.</summary>
    private static async Task<string[]> CompareAsync(ReferringDirectory campus)
    {
        var found = new List<string>();
        foreach (var type in new[] { "Users", "Groups" })
        {
            await campus.Client.Control.Comparisons.CompareAsync(type);
            found.AddRange((await campus.Client.Control.Comparisons.ListFindingsAsync(type)).Items
                .Where(finding => finding.Kind != FindingKind.Unmanaged)
                .Select(finding => $"{type} {finding.Key} {string.Join("; ", finding.Attributes.Select(Text))}".TrimEnd()));
        }

        return [.. found];
    }

    private static string Text(AttributeFinding found) => $"{found.Attribute}: {Text(found.Given)}, {Text(found.Held)}";

    private static string Text(Value value) => value switch
    {
        { IsSet: false } => "-",
        { Kind: ValueKind.List } when value.AsList() is [var only] => only.ToString(),
        { Kind: ValueKind.List } => $"[{string.Join(", ", value.AsList())}]",
        _ => value.ToString(),
    };

    private static async Task<long> RepairAsync(ReferringDirectory campus)
    {
        long decided = 0;
        foreach (var report in (await campus.Client.Control.Comparisons.ListReportsAsync()).Items)
        {
            var request = new RepairRequest(report.Type, report.Digest!, RepairKind.Write, "erika", "changed by mistake");
            decided += (await campus.Client.Control.Comparisons.RepairAsync(request)).Decided;
            await campus.Client.AppliedAsync();
        }

        return decided;
    }
}
