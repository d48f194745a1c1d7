using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Lists;
using Hermes.Runtime.Registration;
using Hermes.Testing.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests;

/// <summary>A test of a running client with a recording target.</summary>
public abstract class ClientTest : IAsyncLifetime
{
    private protected ClientHarness Harness { get; } = new();

    private protected RecordingTarget Target { get; set; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Harness.DisposeAsync().AsTask();

    /// <summary>What was applied, as <c>Added Users[1]</c>.</summary>
    private protected IEnumerable<string> Applied => Target.Applied.Select(change => $"{change.Kind} {change.Type}[{change.Key}]");

    private protected Task StartAsync(Action<ClientOptions>? configure = null, Action<IHermesClientBuilder>? model = null) =>
        Harness.StartAsync(Target, client =>
        {
            (model ?? (model => model.Model()))(client);
            client.Configure(options =>
            {
                // Small numbers leave here all the time; what the guard does has tests of its own.
                options.RemovalGuard.Enabled = false;
                configure?.Invoke(options);
            });
        });

    private protected async Task RestartAsync(Action<ClientOptions>? configure = null, Action<IHermesClientBuilder>? model = null)
    {
        await Harness.StopAsync();
        await StartAsync(configure, model);
        await Harness.AppliedAsync();
    }

    /// <summary>The error queue, as <c>Added Users[1] 2</c> with the number of attempts.</summary>
    private protected async Task<IEnumerable<string>> QueueAsync() =>
        (await Harness.Control.ListErrorQueueAsync()).Items.Select(queued => $"{queued.Kind} {queued.Type}[{queued.Key}] {queued.Attempts}");

    private protected Task<IReadOnlyList<StoredEntry>> LocalAsync(string type) => EntriesAsync(EntryTable.Local(type));

    private protected Task<IReadOnlyList<StoredEntry>> RemoteAsync(string type) => EntriesAsync(EntryTable.Remote(type));

    private async Task<IReadOnlyList<StoredEntry>> EntriesAsync(EntryTable table) =>
        await Pages.ReadAllAsync(query => Harness.Control.ListEntriesAsync(table, query)).ToListAsync();

    /// <summary>Checks that every view agrees, as it must when the queue is empty.</summary>
    private protected async Task ShouldBeSettledAsync()
    {
        (await QueueAsync()).Should().BeEmpty();
        foreach (var type in await Harness.Control.CountEntriesAsync())
        {
            var entries = await EntriesAsync(new EntryTable(type.Side, type.Type));
            entries.Where(entry => entry.Applied != entry.Expected).Should().BeEmpty(type.Type);
        }
    }

    /// <summary>Lets the target work again, and everything that waits be done.</summary>
    private protected async Task RecoverAsync()
    {
        Target.Recover();
        await Harness.Control.RetryAllAsync();
        await ShouldBeSettledAsync();
    }
}
