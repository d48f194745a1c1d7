using System.Globalization;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.State;
using Hermes.Ldap.Directories;
using Hermes.Runtime.Lists;
using Hermes.TestSupport.Servers;
using Xunit.Abstractions;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>
/// A campus whose source changes at random while somebody moves, renames and deletes entries of the directory by hand, and puts others beside them. At no time is an object that
/// of two entries; in the end, after a comparison was put right, the directory is what the model says, and what is nobody's was never written. How large and how often can be set:
/// HERMES_CAMPUS_PEOPLE, HERMES_CAMPUS_RUNS, HERMES_CAMPUS_POLLS, and HERMES_CAMPUS_SEED for one that failed.
/// </summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd"), Trait("Category", "Long")]
public class CampusTests(SharedServer<SlapdServer> shared, ITestOutputHelper output)
{
    private static readonly WhenTrashed[] Modes = [WhenTrashed.Delete, WhenTrashed.Move, WhenTrashed.Lock];

    [ServerFact]
    public async Task A_campus_that_many_hands_change_is_in_the_end_what_its_source_says()
    {
        for (var run = 0; run < Setting("RUNS", 2); run++)
        {
            var seed = Setting("SEED", Random.Shared.Next());
            foreach (var correctsItself in new[] { false, true })
            {
                var because = $"seed {seed}, {(correctsItself ? "with" : "without")} refint";
                output.WriteLine(because);
                await new Run(new Random(seed), because, output.WriteLine).RunAsync(await shared.GetAsync(), correctsItself);
            }
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable($"HERMES_CAMPUS_{name}") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private sealed class Run(Random random, string because, Action<string> tell)
    {
        private readonly CampusModel _model = new(random, Setting("PEOPLE", 60));
        private readonly Dictionary<string, string> _beside = [];
        private int _hands;

        public async Task RunAsync(SlapdServer server, bool correctsItself)
        {
            await using var campus = await ReferringDirectory.StartAsync(
                server, correctsItself, _model.All(), options => SharedDirectory.Trash(options, Modes[random.Next(Modes.Length)]));
            for (var poll = 0; poll < Setting("POLLS", 30); poll++)
            {
                for (var hands = random.Next(3); hands > 0; hands--)
                    ByHand(campus);
                var events = _model.NextPoll();
                foreach (var told in events)
                    tell($"{poll}: {told}");
                await campus.Client.SendAsync(events);
                await campus.Client.AppliedAsync();
                (await campus.Client.Control.ListErrorQueueAsync()).Items.Select(queued => queued.Message).Should().BeEmpty($"poll {poll}, {because}");
            }

            await campus.Client.AdvanceAsync(TimeSpan.FromDays(60));
            await RepairAsync(campus);
            await ShouldBeAsModelAsync(campus);
        }

        // An object of the client's is moved, renamed or deleted; or another is put beside them.
        private void ByHand(ReferringDirectory campus)
        {
            var hand = $"uid=hand{++_hands},ou={(random.Next(2) == 0 ? "people" : "other")}";
            var held = _model.Some(campus.Tree.All("", "(&(objectClass=person)(!(employeeNumber=by hand)))", "employeeNumber").Keys, 1);
            var kind = random.Next(3);
            tell($"hand {kind} {held.FirstOrDefault()} {hand}");
            if (kind == 0 || held is not [var dn] || dn.Contains("ou=trash", StringComparison.Ordinal))
            {
                campus.Tree.Add(hand, ("objectClass", "inetOrgPerson"), ("cn", "Another"), ("sn", "Another"), ("employeeNumber", "by hand"));
                _beside[hand] = campus.Tree.Values(hand, "entryCSN").Single();
            }
            else if (kind == 1)
            {
                campus.Tree.Move(dn[..^(campus.Tree.Dn.Length + 1)], hand);
            }
            else
            {
                campus.Tree.Delete(dn[..^(campus.Tree.Dn.Length + 1)]);
            }
        }

        // What is put right of people may change what groups lead to, and a directory that corrects references does that a moment later: a few rounds come to the end of it.
        private async Task RepairAsync(ReferringDirectory campus)
        {
            const int mostRounds = 6;
            IReadOnlyList<string> left = [];
            for (var round = 0; round < mostRounds; round++)
            {
                foreach (var type in new[] { "Users", "Groups" })
                {
                    var report = await campus.Client.Control.Comparisons.CompareAsync(type);
                    await campus.Client.Control.Comparisons.RepairAsync(new RepairRequest(type, report.Digest!, RepairKind.Write, "campus", because));
                    await campus.Client.AppliedAsync();
                    (await campus.Client.Control.ListErrorQueueAsync()).Items.Select(queued => queued.Message).Should().BeEmpty(because);
                }

                left = [.. await FindingsAsync(campus, "Users"), .. await FindingsAsync(campus, "Groups")];
                if (left.Count == 0)
                    break;
            }

            left.Should().BeEmpty(because);
        }

        private static async Task<IEnumerable<string>> FindingsAsync(ReferringDirectory campus, string type)
        {
            await campus.Client.Control.Comparisons.CompareAsync(type);
            var findings = await Pages.ReadAllAsync(query => campus.Client.Control.Comparisons.ListFindingsAsync(type, query)).ToListAsync();
            return findings.Where(found => found.Kind != FindingKind.Unmanaged).Select(found => found.ToString());
        }

        private async Task ShouldBeAsModelAsync(ReferringDirectory campus)
        {
            var links = new List<string?>();
            foreach (var type in new[] { "Users", "Groups" })
            {
                await foreach (var entry in Pages.ReadAllAsync(query => campus.Client.Control.ListEntriesAsync(EntryTable.Local(type), query)))
                    links.Add(entry.Link);
            }

            links.Should().OnlyHaveUniqueItems(because).And.NotContainNulls(because);
            foreach (var (hand, csn) in _beside)
                campus.Tree.Values(hand, "entryCSN").Should().Equal([csn], "{0}: nobody wrote {1}", because, hand);

            var numbers = campus.Tree.All("", "(&(objectClass=person)(!(employeeNumber=by hand)))", "employeeNumber");
            numbers.Values.Order().Should().Equal(_model.People.Keys.Select(id => $"{id}").Order(), because);
            var logins = campus.Tree.All("", "(&(objectClass=person)(!(employeeNumber=by hand)))", "uid");
            logins.Select(login => $"{numbers[login.Key]} {login.Value}").Should().BeEquivalentTo(_model.People.Select(person => $"{person.Key} {person.Value.Login}"), because);
            var managers = campus.Tree.All("", "(manager=*)", "manager");
            managers.Select(manager => $"{numbers[manager.Key]} {Whom(manager.Value, numbers)}").Should().BeEquivalentTo(
                _model.People.Where(person => person.Value.Manager is { } manager && _model.People.ContainsKey(manager)).Select(person => $"{person.Key} {person.Value.Manager}"),
                because);
            foreach (var team in _model.Teams.Values)
            {
                var expected = team.Members.Where(_model.People.ContainsKey).Select(id => $"{id}")
                    .Concat(team.Subgroups.Select(id => campus.Group(_model.Teams[id].Name))).DefaultIfEmpty("cn=nobody");
                campus.Members(team.Name).Select(member => Whom(member, numbers)).Should().BeEquivalentTo(expected, $"{team.Name}, {because}");
            }
        }

        private static string Whom(string dn, Dictionary<string, string> numbers) =>
            numbers.FirstOrDefault(person => person.Key.Equals(dn, StringComparison.OrdinalIgnoreCase)).Value ?? dn;
    }
}
