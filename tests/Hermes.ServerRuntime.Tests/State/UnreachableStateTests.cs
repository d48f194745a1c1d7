using Hermes.Abstractions;
using Hermes.Runtime.Control;
using Hermes.Runtime.Registration;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.Testing.State;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.State;

/// <summary>A state that cannot be reached when the host starts, and can be later.</summary>
public sealed class UnreachableStateTests : IAsyncDisposable
{
    private readonly ServerHarness _harness = new();
    private readonly DownStore _store = new();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task The_host_starts_the_status_says_what_is_waited_for_and_it_works_when_the_state_comes()
    {
        await _harness.LaunchAsync(server => Describe(server));

        _harness.Control.Status.State.Should().Be(RunState.WaitingForState);
        _harness.Control.Status.WaitsFor.Should().Be("The database cannot be reached.");
        _store.IsDown = false;
        var update = _harness.UpdateAsync();
        while (!update.IsCompleted)
        {
            _harness.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        (await update).Succeeded.Should().BeTrue();
        _harness.Control.Status.WaitsFor.Should().BeNull();
    }

    [Fact]
    public async Task A_mistake_that_shows_later_is_final()
    {
        await _harness.LaunchAsync(server => Describe(server));
        _store.Fault = FaultKind.Permanent;
        while (_harness.Control.Status.State != RunState.Failed)
        {
            _harness.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        _harness.Control.Status.LastError!.Message.Should().Be("The database cannot be reached.");
    }

    private IHermesServerBuilder Describe(IHermesServerBuilder server)
    {
        var source = new InMemorySource();
        source.Table("users", "id").Add(1);
        return server
            .UseState(_ => _store)
            .AddInMemorySource("hr", source)
            .DataType("Users", type => type.Key("id").From("hr", users => users.Fetch("users").MapAll("id")));
    }

    private sealed class DownStore : IServerStateStore
    {
        private readonly InMemoryServerState _inner = new();

        public bool IsDown { get; set; } = true;

        public FaultKind Fault { get; set; } = FaultKind.Transient;
        public ValueTask<IServerState> OpenAsync(StateOpening opening, CancellationToken cancellationToken) =>
            IsDown ? throw new ServerStateException("The database cannot be reached.", Fault) : _inner.OpenAsync(opening, cancellationToken);
    }
}
