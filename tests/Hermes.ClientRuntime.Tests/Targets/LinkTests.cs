using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;
using Hermes.Testing.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Targets;

public sealed class LinkTests : IAsyncLifetime
{
    private readonly ClientHarness _harness = new();
    private readonly NamedObjects _objects = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task An_entry_keeps_the_link_that_its_target_gave_it_over_restarts_until_it_is_removed()
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync();
        await _harness.AppliedAsync();
        await _harness.StopAsync();
        await _harness.SendAsync(Campus.Changed("1", ("login", "lovelace")));
        await StartAsync();
        await _harness.AppliedAsync();

        (await LinksAsync()).Should().Equal("1", "2");
        _objects.Names.Should().Equal(new Dictionary<string, string> { ["1"] = "lovelace", ["2"] = "bob" });

        await _harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await _harness.AppliedAsync();
        (await LinksAsync()).Should().Equal("2");
        _objects.Names.Keys.Should().Equal("2");
    }

    [Fact]
    public async Task A_link_survives_a_failure_after_it_and_a_restart()
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        _objects.Made = _ => throw new InvalidOperationException("The mail box cannot be made.");
        await StartAsync();
        await _harness.AppliedAsync();
        await _harness.StopAsync();
        _objects.Made = _ => { };
        await StartAsync();
        await _harness.Control.RetryAllAsync();

        _objects.Names.Should().ContainSingle("the object was not made twice");
        (await LinksAsync()).Should().Equal("1");
        (await _harness.Control.ListErrorQueueAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task No_two_entries_get_one_object(int maxConcurrency)
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.User("3", "cid"));
        var refused = 0;
        var target = new LinkingTarget(async (change, context, token) =>
        {
            try
            {
                await context.SetLinkAsync("the only one", token);
            }
            catch (TargetConflictException conflict) when (conflict.Holder == "the only one")
            {
                Interlocked.Increment(ref refused);
                (await context.FindOwnerAsync("the only one", token))!.Value.Key.Should().NotBe(change.Key);
                throw;
            }
        });
        await _harness.StartAsync(target, client => client.Model().Configure(options => options.MaxConcurrency = maxConcurrency));
        await _harness.AppliedAsync();

        (await LinksAsync()).Where(link => link is not null).Should().Equal("the only one");
        refused.Should().Be(2);
        (await _harness.Control.ListErrorQueueAsync()).Should().HaveCount(2);
    }

    private Task StartAsync() => _harness.StartAsync(_objects, client => client.Model());

    private async Task<IEnumerable<string?>> LinksAsync() =>
        (await _harness.Control.ListEntriesAsync(EntryTable.Local("Users"))).OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal).Select(entry => entry.Link);

    private sealed class LinkingTarget(Func<TargetChange, TargetContext, CancellationToken, ValueTask> apply) : IClientTarget
    {
        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => apply(change, context, cancellationToken);
    }
}
