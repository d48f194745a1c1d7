using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Tests.Outbox;
using Hermes.Testing.Buses;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Guard;

/// <summary>Kills the server while it holds an attribute and while the decision is carried out: nothing is sent before it, and everything once after it.</summary>
public sealed class AttributeGuardKillTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new() { Bus = new InMemoryBus { RefusesDuplicates = false } };

    public AttributeGuardKillTests()
    {
        _users = _source.Table("users", "id", "mail");
        for (var i = 1; i <= 20; i++)
            _users.Add(i, $"{i}@x");
    }

    public static TheoryData<FaultPoint, int> Kills
    {
        get
        {
            var kills = new TheoryData<FaultPoint, int>();
            foreach (var point in Enum.GetValues<FaultPoint>())
            {
                for (var nth = 1; nth <= 3; nth++)
                    kills.Add(point, nth);
            }

            return kills;
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task What_is_held_stays_held_with_its_digest_wherever_the_server_is_killed(FaultPoint point, int nth)
    {
        await StartAsync(new FaultyState(_harness.State), new FaultyBus(_harness.Bus));
        Lose();
        var (faults, bus) = (new FaultyState(_harness.State), new FaultyBus(_harness.Bus));
        await StartAsync(faults, bus);
        var digest = Held.Digest;
        faults.FailAt(point, nth);
        bus.FailAt(point, nth);
        _users.Add(21, "21@x");
        await _harness.UpdateAsync();

        await StartAsync(new FaultyState(_harness.State), new FaultyBus(_harness.Bus));

        Held.Digest.Should().Be(digest);
        Sent().Should().Equal("added Users 21: id=21 mail=\"21@x\"");
    }

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task What_was_approved_goes_out_once_wherever_the_server_is_killed(FaultPoint point, int nth)
    {
        await StartAsync(new FaultyState(_harness.State), new FaultyBus(_harness.Bus));
        Lose();
        var (faults, bus) = (new FaultyState(_harness.State), new FaultyBus(_harness.Bus));
        await StartAsync(faults, bus);
        var held = Held;
        faults.FailAt(point, nth);
        bus.FailAt(point, nth);
        try
        {
            await _harness.Control.ApproveRemovalsAsync(held.Name, held.Digest, new DecidedBy("ada", "moved"));
        }
        catch (IOException)
        {
            faults.HasFailed.Should().BeTrue("killed before the decision was stored");
        }

        await StartAsync(new FaultyState(_harness.State), new FaultyBus(_harness.Bus));
        if (!_harness.Control.Status.AwaitingApproval.IsEmpty)
        {
            Sent().Should().BeEmpty("it was not decided");
            await _harness.Control.ApproveRemovalsAsync(held.Name, held.Digest, new DecidedBy("ada", "moved"));
        }

        Sent().Should().BeEquivalentTo(Enumerable.Range(1, 20).Select(i => $"modified Users {i}: -mail"));
        _harness.State.Outbox.Should().BeEmpty();
        (await _harness.UpdateAsync()).Modified.Should().Be(0);
    }

    private HeldRemovals Held => _harness.Control.Status.AwaitingApproval.Single();

    private void Lose()
    {
        for (var i = 1; i <= 20; i++)
            _users.Set(i, "mail", Value.Null);
    }

    private IReadOnlyList<string> Sent() => EventLines.Of(_harness.Bus.Messages
        .Select(message => message.Message)
        .DistinctBy(message => message.Id)
        .Select(message => EventJson.Decode(message.Body.Span).Event)
        .Where(@event => @event is AddedEvent or ModifiedEvent or RemovedEvent));

    private Task<PollResult> StartAsync(FaultyState state, FaultyBus bus) => _harness.StartAsync(server => server
        .UseState(_ => state)
        .UseBus(_ => bus)
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id", "mail"))));
}
