using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;
using static Hermes.ClientRuntime.Tests.References.Teams;

namespace Hermes.ClientRuntime.Tests.References;

/// <summary>Whatever happens to people and teams, to the target and to the process: in the end, each object refers to what its entry refers to and is there.</summary>
public sealed class RandomReferencesTests(ITestOutputHelper output)
{
    private const int People = 5;
    private const int TeamCount = 3;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("HERMES_REFERENCES") ?? "60"))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task In_the_end_everything_refers_to_what_is_there(int seed)
    {
        var random = new Random(seed);
        await using var harness = new ClientHarness();
        var objects = new LinkedObjects("boss", "members", "subteams");
        var known = new Dictionary<EntryId, Dictionary<string, int[]>>();
        var failing = 0.0;
        objects.Hook = _ =>
        {
            lock (random)
            {
                if (random.NextDouble() < failing)
                    throw new TargetException("It failed, as the test told it to.", FaultKind.Permanent);
            }
        };
        var concurrency = random.Next(2) == 0 ? 1 : 4;
        var retention = TimeSpan.FromDays(random.Next(2));
        var remediation = (RemediationPolicy)random.Next(3);

        async Task StartAsync()
        {
            await harness.StartAsync(objects, client => client.TeamModel().Configure(options =>
            {
                (options.MaxConcurrency, options.TrashbinRetention, options.Remediation) = (concurrency, retention, remediation);
                options.RemovalGuard.Enabled = false;
            }));
        }

        await harness.SendInitSyncAsync(Schema);
        await StartAsync();
        for (var round = 0; round < 12; round++)
        {
            failing = random.Next(3) == 0 ? 0.3 : 0;
            HermesEvent[] events = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Next(random, known))];
            objects.Note(string.Join(", ", events.Select(sent => $"{sent.GetType().Name} {((EntryEvent)sent).Type}[{((EntryEvent)sent).Key}]")));
            await harness.SendAsync(events);
            if (random.Next(3) > 0)
                await harness.AppliedAsync();
            switch (random.Next(6))
            {
                case 0:
                    await harness.StopAsync();
                    await StartAsync();
                    break;
                case 1:
                    await harness.KillAsync();
                    objects.Note("killed");
                    await StartAsync();
                    break;
                case 2:
                    await harness.AppliedAsync();
                    await harness.Control.RetryAllAsync();
                    break;
                case 3 when retention > TimeSpan.Zero:
                    await harness.AdvanceAsync(TimeSpan.FromDays(random.Next(3)));
                    break;
            }
        }

        failing = 0;
        await harness.AppliedAsync();
        for (var pass = 0; pass < 30 && (await harness.Control.ListErrorQueueAsync()).Items.Length > 0; pass++)
        {
            await harness.Control.RetryAllAsync();
            await harness.AppliedAsync();
        }

        output.WriteLine($"{concurrency} at once, {retention}, {remediation}\n{string.Join('\n', objects.Told)}");
        (await harness.Control.ListErrorQueueAsync()).Items.Select(queued => $"{queued.Kind} {queued.Type}[{queued.Key}]: {queued.Message}").Should().BeEmpty();
        objects.Held.Should().Equal(known
            .SelectMany(entry => entry.Value.Select(pair => (entry.Key, pair.Key, There: pair.Value.Select(key => ToOf(pair.Key, key)).Where(known.ContainsKey).ToArray())))
            .Where(held => held.There.Length > 0)
            .Select(held => $"{held.Item1} {held.Item2}: {string.Join(", ", held.There.Select(id => id.ToString()).Order())}")
            .Order());
        var pending = known.SelectMany(entry => entry.Value.SelectMany(pair => pair.Value.Select(key => ToOf(pair.Key, key)).Where(id => !known.ContainsKey(id))
            .Select(id => $"{entry.Key} {pair.Key} -> {id}"))).ToArray();
        (await harness.Control.ListPendingReferencesAsync()).Items.Select(one => one.ToString()).Should().BeEquivalentTo(pending);
        harness.Control.Status.PendingReferences.Should().Be(pending.Length);
    }

    private static EntryId ToOf(string attribute, int key) => new(attribute == "subteams" ? "Teams" : "People", EntryKey.Of(key));

    private static HermesEvent Next(Random random, Dictionary<EntryId, Dictionary<string, int[]>> known)
    {
        lock (random)
        {
            var isPerson = random.Next(3) > 0;
            var id = new EntryId(isPerson ? "People" : "Teams", EntryKey.Of(random.Next(1, (isPerson ? People : TeamCount) + 1)));
            var key = (int)id.Key[0].AsInteger();
            var isThere = known.ContainsKey(id);
            if (isThere && random.Next(3) == 0)
            {
                known.Remove(id);
                return Left($"SRV{id.Type}", key);
            }

            var refers = isPerson
                ? new Dictionary<string, int[]> { ["boss"] = [random.Next(1, People + 1)] }
                : new Dictionary<string, int[]> { ["members"] = Some(random, People), ["subteams"] = Some(random, TeamCount) };
            known[id] = refers;
            if (isPerson)
                return isThere ? Changed("SRVPeople", key, ("boss", refers["boss"][0]), ("name", $"{random.Next()}")) : Person(key, refers["boss"][0]);
            return isThere
                ? Changed("SRVTeams", key, ("members", List(refers["members"])), ("subteams", List(refers["subteams"])), ("name", $"{random.Next()}"))
                : Team(key, refers["members"], refers["subteams"]);
        }
    }

    private static int[] Some(Random random, int most) => [.. Enumerable.Range(1, most).Where(_ => random.Next(2) == 0)];
}
