using Hermes.Runtime.Control;
using Hermes.Runtime.State;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.State;

/// <summary>Of two servers that take the same state for theirs, the later one is right.</summary>
public sealed class LostStateTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new();

    public LostStateTests() => _users = _source.Table("users", "id", "name").Add(1, "ada");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task A_server_that_lost_its_state_stores_and_sends_nothing_more_and_waits_for_its_turn()
    {
        await _harness.StartAsync(server => server
            .AddInMemorySource("hr", _source)
            .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id", "name"))));
        _harness.State.Abandon();
        var other = await _harness.State.OpenAsync(new StateOpening(TimeProvider.System, _ => { }), default);
        _users.Add(2, "bob");

        await _harness.Awaiting(harness => harness.UpdateAsync()).Should().ThrowAsync<Exception>();
        while (_harness.Control.Status.WaitsFor?.Contains("in use by another server", StringComparison.Ordinal) != true)
            await Task.Yield();
        _harness.Control.Status.State.Should().Be(RunState.WaitingForState);
        _harness.Bus.Messages.Should().BeEmpty();
        (await other.CountOutboxAsync(default)).Should().Be(0);
        _harness.State.ContentsOf("Users").Should().ContainSingle();

        await other.DisposeAsync();
        var update = _harness.UpdateAsync();
        while (!update.IsCompleted)
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await update).Succeeded.Should().BeTrue();
        _harness.State.ContentsOf("Users").Should().HaveCount(2);
        _harness.Control.Status.WaitsFor.Should().BeNull();
    }
}
