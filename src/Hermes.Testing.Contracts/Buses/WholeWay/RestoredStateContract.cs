using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.Testing.State;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Testing.Contracts.Buses.WholeWay;

/// <summary>A server whose state is lost or put back to an older copy finds that out by what is on the bus, and sends everything again.</summary>
public abstract class RestoredStateContract
{
    /// <summary>Makes a fresh bus.</summary>
    protected abstract Task<ITestBus> CreateBusAsync();

    [ContractFact]
    public async Task Everything_is_sent_again_when_the_state_was_put_back()
    {
        await using var bus = await CreateBusAsync();
        var source = new InMemorySource();
        var users = source.Table("users", "id", "name");
        await using var harness = new ServerHarness();
        await RunAsync(harness, bus, source, harness.State);
        AddUsers(users, 1, 20);
        await RunAsync(harness, bus, source, harness.State);
        var copy = harness.State.Copy();
        AddUsers(users, 21, 50);
        await RunAsync(harness, bus, source, harness.State);
        var before = await ReadAsync(bus);
        AddUsers(users, 71, 40);
        for (var id = 1; id <= 5; id++)
            users.Remove(id);

        await RunAsync(harness, bus, source, copy);

        var after = (await ReadAsync(bus)).Skip(before.Count).ToList();
        var start = after[0].Event.Should().BeOfType<InitStartEvent>().Subject;
        (start.IsResync, start.Predecessor).Should().Be((true, before[^1].Stamp!.ProducerId));
        after.Skip(1).SkipLast(1).Select(item => ((AddedEvent)item.Event).Key.ToString()).Should().BeEquivalentTo(
            Enumerable.Range(6, 105).Select(id => $"{id}"));
        after[^1].Event.Should().Be(new InitStopEvent());
        after.Select(item => item.Stamp!.Sequence).Should().Equal(Enumerable.Range(1, after.Count).Select(number => (long)number));
        copy.Outbox.Should().BeEmpty();
    }

    [ContractFact]
    public async Task Everything_is_sent_again_when_the_state_was_lost()
    {
        await using var bus = await CreateBusAsync();
        var source = new InMemorySource();
        var users = source.Table("users", "id", "name");
        await using var harness = new ServerHarness();
        await RunAsync(harness, bus, source, harness.State);
        AddUsers(users, 1, 20);
        await RunAsync(harness, bus, source, harness.State);
        users.Remove(1);

        await RunAsync(harness, bus, source, new InMemoryServerState());

        var all = await ReadAsync(bus);
        all[20].Event.Should().BeOfType<InitStartEvent>().Which.Predecessor.Should().Be(all[0].Stamp!.ProducerId);
        all.Skip(20).Should().HaveCount(21);
    }

    [ContractFact]
    public async Task Nothing_is_sent_again_when_nothing_was_lost()
    {
        await using var bus = await CreateBusAsync();
        var source = new InMemorySource();
        var users = source.Table("users", "id", "name");
        await using var harness = new ServerHarness();
        await RunAsync(harness, bus, source, harness.State);
        AddUsers(users, 1, 20);

        for (var i = 0; i < 3; i++)
            await RunAsync(harness, bus, source, harness.State);

        (await ReadAsync(bus)).Should().HaveCount(20).And.AllSatisfy(item => item.Event.Should().BeOfType<AddedEvent>());
    }

    private static async Task RunAsync(ServerHarness harness, ITestBus bus, InMemorySource source, InMemoryServerState state)
    {
        (await harness.StartAsync(server => server
            .UseBus(_ => bus.CreateProducer())
            .UseInMemoryState(state)
            .AddInMemorySource("hr", source)
            .DataType("Users", type => type.Key("id").From("hr", from => from.Fetch("users").MapAll("id", "name"))))).Error.Should().BeNull();
        await harness.StopAsync();
    }

    private static void AddUsers(InMemoryTable users, int first, int count)
    {
        for (var id = first; id < first + count; id++)
            users.Add(id, $"user {id}");
    }

    private static async Task<List<DecodedEvent>> ReadAsync(ITestBus bus)
    {
        await using var consumer = bus.CreateConsumer();
        return [.. (await consumer.TakeAllAsync()).Select(message => EventJson.Decode(message.Message.Body.Span))];
    }
}
