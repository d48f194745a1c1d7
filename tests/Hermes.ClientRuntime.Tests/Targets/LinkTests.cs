using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.State;
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
        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
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
        refused.Should().BeGreaterThanOrEqualTo(2);
        (await _harness.Control.ListErrorQueueAsync()).Items.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_change_that_needs_what_another_entry_has_waits_for_it_and_is_tried_as_soon_as_that_has_changed()
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync();
        await _harness.AppliedAsync();

        await _harness.SendAsync(Campus.Changed("1", ("login", "bob")));
        await _harness.AppliedAsync();
        var waiting = (await _harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle().Subject;
        waiting.Message.Should().Contain("taken by 2");
        _objects.Names.Should().Equal(new Dictionary<string, string> { ["1"] = "ada", ["2"] = "bob" }, "nothing was touched");

        await _harness.SendAsync(Campus.Changed("2", ("login", "robert")));
        await _harness.AppliedAsync();
        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty("no interval has passed, but the name is free");
        _objects.Names.Should().Equal(new Dictionary<string, string> { ["1"] = "bob", ["2"] = "robert" });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Logins_handed_on_in_a_row_arrive_in_whatever_order_they_come(int maxConcurrency)
    {
        await _harness.SendInitSyncAsync(Campus.Schema, [.. Enumerable.Range(1, 6).Select(id => Campus.User($"{id}", $"login{id}"))]);
        await StartAsync(maxConcurrency);
        await _harness.AppliedAsync();

        await _harness.SendAsync([.. Enumerable.Range(1, 6).Select(id => Campus.Changed($"{id}", ("login", $"login{id + 1}")))]);
        await _harness.AppliedAsync();

        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
        _objects.Names.Should().Equal(Enumerable.Range(1, 6).ToDictionary(id => $"{id}", id => $"login{id + 1}"));
        _objects.Log.Should().NotContain(line => line.StartsWith("StepAside"), "each only had to wait for the next");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Logins_that_are_swapped_all_arrive(int people)
    {
        await _harness.SendInitSyncAsync(Campus.Schema, [.. Enumerable.Range(0, people).Select(id => Campus.User($"{id}", $"login{id}"))]);
        await StartAsync();
        await _harness.AppliedAsync();

        await _harness.SendAsync([.. Enumerable.Range(0, people).Select(id => Campus.Changed($"{id}", ("login", $"login{(id + 1) % people}")))]);
        await _harness.AppliedAsync();

        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
        (await EntriesByKeyAsync()).Select(entry => _objects.Names[entry.Link!]).Should().Equal(
            Enumerable.Range(0, people).Select(id => $"login{(id + 1) % people}"));
        _objects.Log.Count(line => line.StartsWith("StepAside")).Should().Be(1);
    }

    [Fact]
    public async Task A_trashed_object_steps_aside_for_a_new_entry_of_its_name()
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await _harness.StartAsync(_objects, client => client.Model().Configure(options => options.TrashbinRetention = TimeSpan.FromDays(30)));
        await _harness.AppliedAsync();

        await _harness.SendAsync(Campus.Gone(Campus.User("1", "ada")), Campus.User("2", "ada"));
        await _harness.AppliedAsync();

        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
        _objects.Names.Should().Equal(new Dictionary<string, string> { ["1"] = "aside-1", ["2"] = "ada" });
    }

    [Fact]
    public async Task An_object_that_somebody_removed_is_made_anew_with_what_refers_to_it()
    {
        await _harness.SendInitSyncAsync(
            Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.Group("g", "staff"), Campus.Member("1", "g"), Campus.Member("2", "g"));
        await StartAsync();
        await _harness.AppliedAsync();
        _objects.Names.Remove("1");
        _objects.Log.Clear();

        await _harness.SendAsync(Campus.Changed("1", ("login", "lovelace")));
        await _harness.AppliedAsync();

        _objects.Names.Should().Equal(new Dictionary<string, string> { ["2"] = "bob", ["3"] = "lovelace" });
        _objects.Log.Should().Equal("Added 1 3", "Added (1, g) ");
        (await LinksAsync()).Should().Equal("3", "2");
        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task An_object_that_somebody_removed_is_only_reported_if_that_is_wanted()
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await _harness.StartAsync(_objects, client => client.Model().Configure(options => options.WhenMissing = WhenMissing.Report));
        await _harness.AppliedAsync();
        _objects.Names.Clear();

        await _harness.SendAsync(Campus.Changed("1", ("login", "lovelace")));
        await _harness.AppliedAsync();

        _objects.Names.Should().BeEmpty();
        (await _harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle().Which.Message.Should().Contain("no object 1");
    }

    private Task StartAsync(int maxConcurrency = 1) =>
        _harness.StartAsync(_objects, client => client.Model().Configure(options => options.MaxConcurrency = maxConcurrency));

    private async Task<IEnumerable<string?>> LinksAsync() => (await EntriesByKeyAsync()).Select(entry => entry.Link);

    private async Task<IEnumerable<StoredEntry>> EntriesByKeyAsync() =>
        (await _harness.Control.ListEntriesAsync(EntryTable.Local("Users"))).Items.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal);

    private sealed class LinkingTarget(Func<TargetChange, TargetContext, CancellationToken, ValueTask> apply) : IClientTarget
    {
        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => apply(change, context, cancellationToken);
    }
}
