using System.DirectoryServices.Protocols;
using System.Globalization;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.State;
using Hermes.Events;
using Hermes.Runtime.Control;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Servers.PeopleClient;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>A whole client compares a directory with what it was given, and takes over one that somebody else filled; looked at with plain searches.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class ComparedTests(SharedServer<SlapdServer> shared)
{
    [ServerFact]
    public async Task What_others_changed_in_a_directory_is_told_entry_by_entry_and_put_right()
    {
        await using var directory = await SharedDirectory.StartAsync(
            await shared.GetAsync(), [User("1", "ann"), User("2", "bob"), User("3", "cid"), User("4", "dan"), User("5", "eve"), Group("g", "staff"), Member("g", "3")]);
        (await CompareAsync(directory)).Should().BeEmpty();

        var links = new[] { "ann", "bob", "cid", "dan", "eve" }.ToDictionary(login => login, login => directory.Link($"uid={login},ou=people"));
        Replace(directory, "uid=ann,ou=people", "title", "boss");
        Replace(directory, "uid=ann,ou=people", "description", "is nobody's business");
        directory.Tree.Move("uid=bob,ou=people", "uid=robert,ou=other");
        directory.Tree.Delete("uid=cid,ou=people");
        Replace(directory, "uid=dan,ou=people", "cn", "PERSON  4");
        directory.AddByHand("uid=guest,ou=people");

        (await CompareAsync(directory)).Should().BeEquivalentTo(
            $"Differs 1 {links["ann"]} title", $"Differs 2 {links["bob"]} uid", $"Missing 3 {links["cid"]}", $"Unmanaged - {directory.Link("uid=guest,ou=people")}");
        (await RepairAsync(directory, RepairKind.Write)).Should().Be(new RepairOutcome(3, 0));

        await directory.Client.ShouldBeDoneAsync();
        directory.Tree.Values("uid=ann,ou=people", "title").Should().Equal("none");
        directory.Tree.Values("uid=ann,ou=people", "description").Should().Equal("is nobody's business");
        directory.Link("uid=bob,ou=people").Should().Be(links["bob"]);
        directory.Members("staff").Should().Contain(directory.User("cid"), "it is made anew with its memberships");
        directory.Number("uid=guest,ou=people").Should().Be("by hand");
        (await CompareAsync(directory)).Should().Equal($"Unmanaged - {directory.Link("uid=guest,ou=people")}");
    }

    /// <summary>The number of people can be set: HERMES_ADOPT=20000.</summary>
    [ServerFact]
    public async Task A_directory_that_somebody_else_filled_is_looked_at_then_linked_then_written_with_a_kill_in_between()
    {
        var people = int.Parse(Environment.GetEnvironmentVariable("HERMES_ADOPT") ?? "300", CultureInfo.InvariantCulture);
        string Login(int id) => $"u{id:D5}";
        AddedEvent[] entries = [.. Enumerable.Range(0, people).Select(id => User($"{id}", Login(id)))];

        // Of ten: six as they should be, one with another name, one with another title, one that is not there, one that is another person's.
        await using var directory = await SharedDirectory.StartAsync(await shared.GetAsync(), entries, fill: tree =>
        {
            for (var id = 0; id < people; id++)
            {
                var (login, number) = (id % 10) switch
                {
                    6 => ($"old{id}", $"{id}"),
                    8 => ("", ""),
                    9 => (Login(id), $"other {id}"),
                    _ => (Login(id), $"{id}"),
                };
                if (login.Length > 0)
                {
                    tree.Add(
                        $"uid={login},ou=people",
                        ("objectClass", "inetOrgPerson"), ("cn", $"Person {id}"), ("sn", $"Person {id}"), ("employeeNumber", number), ("title", id % 10 == 7 ? "boss" : "none"));
                }
            }
        });
        var (before, tenth) = (Snapshot(directory), people / 10);

        // Those whose names are free were made: also the one who goes by another name in the directory.
        var report = await directory.Client.Harness.Control.Comparisons.CompareAsync("Users");
        report.Counts.Should().BeEquivalentTo(new Dictionary<FindingKind, long>
        {
            [FindingKind.ToLink] = 8 * tenth,
            [FindingKind.Unmanaged] = tenth,
        });
        Snapshot(directory).Should().BeEquivalentTo(before, "a comparison only reads");

        await RepairAsync(directory, RepairKind.Link, found => found.Attributes.IsEmpty);
        Snapshot(directory).Should().BeEquivalentTo(before, "links are only remembered");

        await CompareAsync(directory);
        var killed = directory.Client.Harness.State.KillAfterAsync(2);
        var repair = RepairAsync(directory, RepairKind.Write);
        await killed;
        await directory.Client.Harness.StopAsync();
        await repair.Invoking(work => work).Should().ThrowAsync<NotRunningException>();
        await directory.Client.RestartAsync(await directory.MakeTargetAsync(), default);
        await directory.Client.AppliedAsync();
        await CompareAsync(directory);
        await RepairAsync(directory, RepairKind.Write);

        await directory.Client.ShouldBeDoneAsync();
        (await directory.Client.Harness.Control.ListEntriesAsync(EntryTable.Local("Users"))).Items.Should()
            .OnlyContain(entry => entry.Link != null && entry.Applied == entry.Expected);
        directory.Tree.All("ou=people", "(objectClass=person)", "employeeNumber").Values.Where(number => !number.StartsWith("other", StringComparison.Ordinal))
            .Should().HaveCount(people + tenth, "those who went by another name have a second object, which is nobody's");
    }

    private static async Task<string[]> CompareAsync(SharedDirectory directory)
    {
        var comparisons = directory.Client.Harness.Control.Comparisons;
        await comparisons.CompareAsync("Users");
        return
        [
            .. (await comparisons.ListFindingsAsync("Users")).Items.Select(found =>
                $"{found.Kind} {found.Key?.ToString() ?? "-"} {found.Link ?? "-"} {string.Join(",", found.Attributes.Select(attribute => attribute.Attribute))}".TrimEnd()),
        ];
    }

    private static async Task<RepairOutcome> RepairAsync(SharedDirectory directory, RepairKind repair, Func<Finding, bool>? choose = null)
    {
        var comparisons = directory.Client.Harness.Control.Comparisons;
        var report = (await comparisons.ListReportsAsync()).Items.Single();
        var chosen = choose is null ? null : (await comparisons.ListFindingsAsync("Users")).Items.Where(choose).Select(found => found.Number);
        var outcome = await comparisons.RepairAsync(new RepairRequest("Users", report.Digest!, repair, "erika", "first day") { Rows = chosen is null ? null : [.. chosen] });
        await directory.Client.AppliedAsync();
        return outcome;
    }

    private static Dictionary<string, string> Snapshot(SharedDirectory directory) => directory.Tree.All("ou=people", "(objectClass=person)", "title");

    private static void Replace(SharedDirectory directory, string relative, string attribute, string value) =>
        directory.Tree.Connection.SendRequest(new ModifyRequest(directory.Tree.Below(relative), DirectoryAttributeOperation.Replace, attribute, value));
}
