using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Sqlite.Bus;
using Hermes.Testing.Contracts.Buses;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Sqlite.Tests.ServerState;

/// <summary>The files of a server and its bus are put back to an older copy, or removed: everything arrives in the end.</summary>
public sealed class RestoredFilesTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly SortedDictionary<int, string> _names = [];
    private readonly ServerHarness _harness = new();

    public RestoredFilesTests()
    {
        _users = _source.Table("users", "id", "name");
        for (var id = 1; id <= 100; id++)
            _users.Add(id, _names[id] = $"user {id}");
    }

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        await _harness.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task State_that_was_put_back_leads_to_a_resync_with_all_that_changed_before_and_after()
    {
        Change(1, 10);
        await _harness.UpdateAsync();
        await StopAndCopyAsync("state.db");
        await StartAsync();
        Change(11, 50);
        await _harness.UpdateAsync();
        await _harness.StopAsync();
        Change(61, 40);
        for (var id = 1; id <= 5; id++)
        {
            _users.Remove(id);
            _names.Remove(id);
        }

        var before = await ReadAsync();

        PutBack("state.db");
        await StartAsync();

        await ExpectResyncAsync(before.Count, before[^1].Stamp!.ProducerId, entries: 95);
    }

    [Fact]
    public async Task Bus_that_was_put_back_leads_to_a_resync()
    {
        Change(1, 10);
        await _harness.UpdateAsync();
        await StopAndCopyAsync("bus.db");
        var kept = await ReadAsync();
        await StartAsync();
        Change(11, 50);
        await _harness.UpdateAsync();
        await _harness.StopAsync();

        PutBack("bus.db");
        await StartAsync();

        await ExpectResyncAsync(kept.Count, kept[^1].Stamp!.ProducerId, entries: 100);
    }

    [Fact]
    public async Task Bus_that_is_removed_under_the_running_server_leads_to_a_resync_on_the_new_one_and_nothing_is_lost()
    {
        Change(1, 10);
        await _harness.UpdateAsync();
        var producer = (await ReadAsync())[^1].Stamp!.ProducerId;
        Remove("bus.db");
        Change(11, 50);

        (await _harness.UpdateAsync()).Error.Should().BeNull();

        await ExpectResyncAsync(skipped: 0, producer, entries: 100);
    }

    [Fact]
    public async Task State_that_is_removed_under_the_running_server_is_told()
    {
        Remove("state.db");
        Change(1, 10);

        (await _harness.UpdateAsync()).Error.Should().Contain("state.db").And.Contain("removed or replaced");

        (await ReadAsync()).Should().BeEmpty("what is not stored is not sent");
    }

    private async Task ExpectResyncAsync(int skipped, string predecessor, int entries)
    {
        var events = (await ReadAsync()).Skip(skipped).ToList();
        var start = events[0].Event.Should().BeOfType<InitStartEvent>().Subject;
        (start.IsResync, start.Predecessor).Should().Be((true, predecessor));
        events.Skip(1).Take(entries).Select(item => ((AddedEvent)item.Event).Attributes["name"].AsString())
            .Should().BeEquivalentTo(_names.Values);
        events[entries + 1].Event.Should().Be(new InitStopEvent());
        events.Should().HaveCount(entries + 2);
    }

    private async Task StartAsync() => (await _harness.StartAsync(server => server
        .UseSqliteBus(_folder["bus.db"])
        .UseSqliteState(_folder["state.db"])
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", from => from.Fetch("users").MapAll("id", "name"))))).Error.Should().BeNull();

    private void Change(int first, int count)
    {
        for (var id = first; id < first + count; id++)
            _users.Set(id, "name", _names[id] = $"changed {id}");
    }

    private async Task StopAndCopyAsync(string file)
    {
        await _harness.StopAsync();
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(_folder[file])!, file + "*").Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
            File.Copy(path, path + ".copy");
    }

    private void PutBack(string file)
    {
        Remove(file);
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(_folder[file])!, file + "*.copy"))
            File.Move(path, path[..^".copy".Length]);
    }

    private void Remove(string file)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(_folder[file] + suffix);
    }

    private async Task<List<DecodedEvent>> ReadAsync()
    {
        await using var consumer = new SqliteBusConsumer(new SqliteBusOptions { Path = _folder["bus.db"] }, new SqliteBusSignal(), TimeProvider.System);
        return [.. (await consumer.TakeAllAsync()).Select(message => EventJson.Decode(message.Message.Body.Span))];
    }
}
