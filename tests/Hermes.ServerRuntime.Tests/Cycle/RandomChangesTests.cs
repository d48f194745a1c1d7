using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Runtime.Registration;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Hermes.ServerRuntime.Tests.Cycle;

/// <summary>Whatever changes in the sources, a replica that applies the events holds what the sources hold.</summary>
public sealed class RandomChangesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly ServerHarness _harness = new();
    private readonly Dictionary<(string Type, EntryKey Key), Entry> _replica = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Theory]
    [InlineData(1)]
    [InlineData(20260301)]
    [InlineData(424242)]
    public async Task Replica_follows_the_sources_through_changes_failures_and_restarts(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        Dictionary<int, (string Name, string? Note)> users = [];
        HashSet<(int Group, int User)> members = [];
        Fill(users, members, random);
        await _harness.StartAsync(server => Describe(server.InitSyncAtFirstPoll()));
        Apply();

        for (var round = 0; round < 40; round++)
        {
            Change(users, members, random);
            Fill(users, members, random);
            if (random.Next(5) == 0)
                _harness.Bus.FailNextSends(1);
            if (random.Next(6) == 0)
                await _harness.StopAsync();
            if (random.Next(6) == 0 || !IsRunning())
                await _harness.StartAsync(Describe);
            while (!(await _harness.UpdateAsync()).Succeeded)
                output.WriteLine($"round {round}: tried again");

            Apply();
            _replica.Keys.Where(key => key.Type == "Users").Select(key => (int)key.Key.ToValue().AsInteger()).Should().BeEquivalentTo(users.Keys);
            foreach (var (id, user) in users)
                _replica[("Users", EntryKey.Of(id))].Should().BeEquivalentTo(Entry.Of(("id", id), ("name", user.Name), ("note", user.Note)));
            _replica.Keys.Where(key => key.Type == "Members").Select(key => ((int)key.Key[0].AsInteger(), (int)key.Key[1].AsInteger()))
                .Should().BeEquivalentTo(members.Where(member => users.ContainsKey(member.User)));
        }
    }

    private static void Change(Dictionary<int, (string Name, string? Note)> users, HashSet<(int Group, int User)> members, Random random)
    {
        for (var i = random.Next(8); i > 0; i--)
        {
            var id = random.Next(40);
            if (random.Next(3) == 0)
                users.Remove(id);
            else
                users[id] = ($"name {random.Next(3)}", random.Next(2) == 0 ? null : $"note {random.Next(2)}");
            if (!members.Remove((random.Next(3), id)))
                members.Add((random.Next(3), random.Next(40)));
        }
    }

    // Rows and columns come in another order each time: neither must matter.
    private void Fill(Dictionary<int, (string Name, string? Note)> users, HashSet<(int Group, int User)> members, Random random)
    {
        var isReversed = random.Next(2) == 0;
        string[] columns = isReversed ? ["note", "name", "id"] : ["id", "name", "note"];
        var table = _source.Table("users", columns);
        foreach (var (id, user) in users.OrderBy(_ => random.Next()))
        {
            Value[] values = [id, user.Name, user.Note];
            table.Add(isReversed ? [.. values.Reverse()] : values);
        }

        var pairs = _source.Table("members", "group", "user");
        foreach (var (group, user) in members.OrderBy(_ => random.Next()))
            pairs.Add(group, user);
    }

    private void Apply()
    {
        foreach (var @event in _harness.TakeEvents())
        {
            switch (@event)
            {
                case AddedEvent added:
                    _replica.Add((added.Type, added.Key), added.Attributes);
                    break;
                case ModifiedEvent modified:
                    _replica[(modified.Type, modified.Key)] = modified.Changes.ApplyTo(_replica[(modified.Type, modified.Key)]);
                    break;
                case RemovedEvent removed:
                    _replica.Remove((removed.Type, removed.Key)).Should().BeTrue();
                    break;
            }
        }
    }

    private bool IsRunning()
    {
        try
        {
            return _harness.Control is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Describe(IHermesServerBuilder server) => server
        .GuardRemovals(guard => guard.Enabled = false)
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id", "name", "note")))
        .DataType("Members", type => type
            .Key("group", "user")
            .From("hr", source => source.Fetch("members").MapAll("group", "user"))
            .IntegrityConstraint("{{ _SELF.user in Users_pkeys }}"));
}
