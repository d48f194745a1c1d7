using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Configuration;

namespace Hermes.ClientRuntime.Tests.Comparison;

public sealed class DriftWatchTests : ComparisonTest
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly DriftNotifier _notifier = new();

    [Fact]
    public async Task What_others_changed_is_told_once_and_put_right_where_the_policy_says_so()
    {
        Harness.Notifier = _notifier;
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync(type => type.CompareEvery(Hour).Policy(AttributePolicy.Repair, "display"));
        Target.Change("000001", "display", "Countess");
        Target.Change("000002", "login", "robert");

        await UntilAsync(() => Harness.AdvanceAsync(Hour), () => _notifier.Current.Any(line => line.Contains("2 Differs", StringComparison.Ordinal)));
        await UntilAsync(() => Harness.AdvanceAsync(Hour), () => _notifier.Current.Any(line => line.Contains("1 Differs", StringComparison.Ordinal)));

        Target.Objects["000001"].Content["display"].AsString().Should().Be("Ada Byron");
        Target.Objects["000002"].Content["login"].AsString().Should().Be("robert", "somebody is to decide about that");
        var told = _notifier.Count;
        var (before, last) = (Harness.Time.GetUtcNow(), default(ComparisonReport));
        await UntilAsync(
            async () =>
            {
                await Harness.AdvanceAsync(Hour);
                last = (await Comparisons.ListReportsAsync()).Items.FirstOrDefault();
            },
            () => last is { Digest: not null } && last.Time > before);
        _notifier.Count.Should().Be(told, "what was told is not told again");
    }

    [Fact]
    public async Task An_attribute_that_belongs_to_the_target_is_written_when_the_object_is_made_and_never_again()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada", password: "first"));
        await StartAsync(type => type.Policy(AttributePolicy.CreateOnly, "display", "code"));
        Target.Objects["000001"].Content["display"].AsString().Should().Be("Ada Byron");
        Target.Change("000001", "display", "Countess");
        Target.Log.Clear();

        await Harness.SendAsync(Campus.Changed("1", ("first", "Augusta"), ("pw", "second")));
        await Harness.SendAsync(Campus.Changed("1", ("login", "lovelace"), ("last", "King")));
        await Harness.AppliedAsync();

        Target.Log.Should().Equal("Modified Users[1] login");
        (await CompareAsync()).Should().BeEmpty("it is not compared");

        Target.Objects.Remove("000001");
        (await CompareAsync()).Should().Equal("Missing 1 000001");
        await RepairAsync(RepairKind.Write);
        DisplayOf("lovelace").Should().Be("Augusta King");
    }

    [Fact]
    public async Task An_attribute_that_is_ignored_is_not_compared_and_still_written()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(type => type.Policy(AttributePolicy.Ignore, "display"));
        Target.Change("000001", "display", "Countess");

        (await CompareAsync()).Should().BeEmpty();
        await Harness.SendAsync(Campus.Changed("1", ("first", "Augusta")));
        await Harness.AppliedAsync();
        DisplayOf("ada").Should().Be("Augusta Byron");
    }

    [Fact]
    public async Task Settings_that_cannot_be_are_told_together()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        var start = () => StartAsync(type => type.Policy(AttributePolicy.Ignore, "dispaly").CompareEvery(TimeSpan.Zero, -1));

        (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors.Select(error => error.Path.Split(':')[^1])
            .Should().Equal("dispaly", "CompareEvery", "CompareRate");
    }

    private sealed class DriftNotifier : INotifier
    {
        private volatile IReadOnlyList<string> _current = [];
        private int _count;

        public IReadOnlyList<string> Current => _current;

        public int Count => Volatile.Read(ref _count);

        public ValueTask NotifyAsync(Notification notification, CancellationToken cancellationToken)
        {
            if (notification.Topic == NotificationTopic.Drift)
            {
                _current = notification.Current;
                Interlocked.Increment(ref _count);
            }

            return ValueTask.CompletedTask;
        }
    }
}
