using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Events;
using Hermes.Events.Schema;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.ModelChanges;

public sealed class RekeyedEntriesTests : ClientTest
{
    private static readonly string[] Attributes = ["id", "login", "first"];
    private static readonly EntryRekeyed[] Expected = [new(EntryKey.Of("1"), EntryKey.Of("2")), new(EntryKey.Of("2"), EntryKey.Of("1"))];

    private readonly FollowingTarget _target = new();

    [Fact]
    public async Task The_target_is_told_of_new_keys_of_live_and_trashed_entries_before_anything_is_told_by_them()
    {
        await PopulatedAsync();

        await Harness.SendAsync(new RemovedEvent("SRVUsers", EntryKey.Of("2")), new DataSchemaEvent(Keyed("login")), Renamed("2"));
        await Harness.AppliedAsync();

        _target.Told.Should().Equal("Added 1", "Added 2", "Trashed 2", "Users by login: 1 is 2, 2 is 1", "Modified 2");
    }

    [Fact]
    public async Task A_target_that_could_not_follow_is_told_again_first_of_all()
    {
        await PopulatedAsync();
        _target.Failures = 1;

        await Harness.SendAsync(new DataSchemaEvent(Keyed("login")), Renamed("2"));
        await _target.Failed.Task;
        await Harness.KillAsync();
        await StartAsync();
        await Harness.AppliedAsync();

        _target.Told.Should().Equal("Added 1", "Added 2", "failed", "Users by login: 1 is 2, 2 is 1", "Modified 2");
    }

    [Fact]
    public async Task A_restart_tells_nothing_twice()
    {
        await PopulatedAsync();
        await Harness.SendAsync(new DataSchemaEvent(Keyed("login")));
        await Harness.AppliedAsync();

        await Harness.StopAsync();
        await StartAsync();
        await Harness.AppliedAsync();

        _target.Told.Should().ContainSingle(told => told.StartsWith("Users by", StringComparison.Ordinal));
    }

    // The logins are the other way round, so that each new key is the former one of another.
    private async Task PopulatedAsync()
    {
        await Harness.SendInitSyncAsync(Keyed("id"), User("1", "2"), User("2", "1"));
        await StartAsync();
        await Harness.AppliedAsync();
    }

    private Task StartAsync() => Harness.StartAsync(_target, client => client
        .Configure(options => options.TrashbinRetention = TimeSpan.FromDays(10))
        .DataType("Users", type => type.From("SRVUsers").Map("login").Map("name", "first")));

    private static DataSchema Keyed(string key) => new(Campus.Type("SRVUsers", Attributes, [key]));

    private static AddedEvent User(string id, string login) =>
        new("SRVUsers", EntryKey.Of(id), Entry.Of(("id", id), ("login", login), ("first", "Ada")), EventCategory.Base);

    private static ModifiedEvent Renamed(string login) =>
        new("SRVUsers", EntryKey.Of(login), new AttributeChanges(Entry.Empty, Entry.Of(("first", "Eve")), []));

    private sealed class FollowingTarget : IClientTarget
    {
        public List<string> Told { get; } = [];

        public int Failures { get; set; }

        public TaskCompletionSource Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            Told.Add($"{change.Kind} {change.Key}");
            return ValueTask.CompletedTask;
        }

        public ValueTask RekeyedAsync(TargetType type, IReadOnlyList<EntryRekeyed> entries, CancellationToken cancellationToken)
        {
            entries.Should().BeEquivalentTo(Expected);
            if (Failures-- > 0)
            {
                Told.Add("failed");
                Failed.SetResult();
                throw new TargetException("It cannot follow now.", FaultKind.Permanent);
            }

            Told.Add($"{type.Name} by {string.Join('+', type.Key)}: {string.Join(", ", entries.Select(entry => $"{entry.Former} is {entry.Key}").Order())}");
            return ValueTask.CompletedTask;
        }
    }
}
