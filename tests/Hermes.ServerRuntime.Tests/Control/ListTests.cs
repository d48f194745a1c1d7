using System.Runtime.CompilerServices;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Control;

public sealed class ListTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new();

    public ListTests()
    {
        _users = _source.Table("users", "id", "name");
        foreach (var id in Enumerable.Range(1, 25))
            _users.Add(id, $"user {id}");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Cached_entries_come_page_by_page()
    {
        await _harness.StartAsync(Describe);

        var first = await _harness.Control.ListEntriesAsync("Users", new ListQuery { Size = 20, WithTotal = true });
        var second = await _harness.Control.ListEntriesAsync("Users", new ListQuery { Size = 20, Cursor = first.Next });

        Keys(first.Items.Concat(second.Items)).Should().Equal(Enumerable.Range(1, 25).Select(id => $"{id}"));
        (first.Total, second.Next).Should().Be((25, null));
        first.Items[0].Attributes.Get("name").ToString().Should().Be("user 1");
        Keys((await _harness.Control.ListEntriesAsync("Users", Of(new ListFilter { Key = EntryKey.Of(7) }))).Items).Should().Equal("7");
        Keys((await _harness.Control.ListEntriesAsync("Users", Of(new ListFilter { Key = EntryKey.Of(99) }))).Items).Should().BeEmpty();
        Keys((await _harness.Control.ListEntriesAsync("Users", Of(new ListFilter { KeyPrefix = "2" }))).Items).Should().Equal("2", "20", "21", "22", "23", "24", "25");
        await _harness.Control.Invoking(control => control.ListEntriesAsync("Nobody")).Should().ThrowAsync<ArgumentException>().WithMessage("*has no data type 'Nobody'*");
    }

    [Fact]
    public async Task Findings_of_the_last_poll_are_listed_and_counted()
    {
        _users.Add(3, "again").Add(5, "again");
        await _harness.StartAsync(Describe);

        var page = await _harness.Control.ListFindingsAsync(new ListQuery { Size = 1, WithTotal = true });
        var rest = await _harness.Control.ListFindingsAsync(new ListQuery { Cursor = page.Next });

        page.Items.Concat(rest.Items).Select(finding => finding.ToString()).Should().Equal("Inconsistency Users[3] of hr", "Inconsistency Users[5] of hr");
        page.Total.Should().Be(2);
        (await _harness.Control.ListFindingsAsync(Of(new ListFilter { Kind = nameof(EntryFindingKind.Conflict) }))).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Held_removals_are_listed_with_all_of_their_entries()
    {
        await _harness.StartAsync(Describe);
        foreach (var id in Enumerable.Range(1, 24))
            _users.Remove(id);
        await _harness.UpdateAsync();

        var held = (await _harness.Control.ListHeldRemovalsAsync(Of(new ListFilter { State = "Awaiting" }))).Items.Should().ContainSingle().Subject;
        var entries = await Pages.ReadAllAsync(query => _harness.Control.ListHeldEntriesAsync(held.Name, query), new ListQuery { Size = 10 }).ToListAsync();
        Keys(entries).Should().BeEquivalentTo(Enumerable.Range(1, 24).Select(id => $"{id}"));
        (await _harness.Control.ListHeldEntriesAsync("Groups")).Items.Should().BeEmpty();

        await _harness.Control.RejectRemovalsAsync(held.Name, held.Digest, new DecidedBy("erika", "they stay"));
        await _harness.UpdateAsync();
        (await _harness.Control.ListHeldRemovalsAsync(Of(new ListFilter { State = "Rejected" }))).Items.Should().ContainSingle().Which.Entries.Count.Should().Be(24);
    }

    [Fact]
    public async Task Lists_are_answered_while_a_source_takes_its_time()
    {
        var (source, gate) = (new SlowSource(_source), new TaskCompletionSource());
        await _harness.StartAsync(server => Describe(server, source));
        source.Gate = gate.Task;
        var poll = _harness.Control.UpdateAsync();

        (await _harness.Control.ListEntriesAsync("Users")).Items.Should().HaveCount(25);

        poll.IsCompleted.Should().BeFalse();
        gate.SetResult();
        (await poll).Succeeded.Should().BeTrue();
    }

    private static IEnumerable<string> Keys(IEnumerable<ServerEntry> entries) => entries.Select(entry => entry.Key.ToString());

    private static ListQuery Of(ListFilter filter) => new() { Filter = filter };

    private void Describe(IHermesServerBuilder server) => Describe(server, _source);

    private static void Describe(IHermesServerBuilder server, IDataSource source) => server
        .AddSource("hr", _ => source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id", "name")));

    private sealed class SlowSource(InMemorySource rows) : IDataSource
    {
        public Task? Gate { get; set; }

        public async IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (Gate is { } gate)
                await gate.WaitAsync(cancellationToken);
            await foreach (var row in rows.FetchAsync(operation, cancellationToken))
                yield return row;
        }
    }
}
