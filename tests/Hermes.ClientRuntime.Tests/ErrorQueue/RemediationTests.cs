using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.Tests.ErrorQueue;

/// <summary>The whole table: every ordered pair of kinds, each policy, partially processed or not, with and without an entry before.</summary>
public sealed class RemediationTests
{
    private static readonly EntryKey Key = EntryKey.Of(1);

    public static TheoryData<LocalEventKind, LocalEventKind, RemediationPolicy, string> Table
    {
        get
        {
            var table = new TheoryData<LocalEventKind, LocalEventKind, RemediationPolicy, string>();
            foreach (var first in Enum.GetValues<LocalEventKind>())
            {
                foreach (var second in Enum.GetValues<LocalEventKind>())
                {
                    foreach (var policy in Enum.GetValues<RemediationPolicy>())
                        table.Add(first, second, policy, Expected(first, second, policy));
                }
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_pair_becomes_what_the_table_says(LocalEventKind first, LocalEventKind second, RemediationPolicy policy, string expected) =>
        Describe(Decide(first, second, policy, AttemptLog.None)).Should().Be(expected);

    [Theory]
    [MemberData(nameof(Table))]
    public void A_partially_processed_event_is_never_merged(LocalEventKind first, LocalEventKind second, RemediationPolicy policy, string expected)
    {
        _ = expected;
        Describe(Decide(first, second, policy, AttemptLog.None with { IsPartiallyProcessed = true })).Should().Be("both");
        Describe(Decide(first, second, policy, AttemptLog.None with { IsInFlight = true })).Should().Be("both", "what it did is not known");
    }

    // The values of one attribute: before the first event, and after each; "-" is not set.
    [Theory]
    [InlineData("- 1 2", "added 2")]
    [InlineData("- 1 -", "nothing")]
    [InlineData("- 1 - 2", "added 2")]
    [InlineData("1 2 3", "modified 3")]
    [InlineData("1 2 1", "nothing")]
    [InlineData("1 2 -", "removed")]
    [InlineData("1 - 2", "added 2")]
    [InlineData("1 - 1", "added 1")]
    [InlineData("1 - 2 3", "added 3")]
    [InlineData("1 - 2 1", "added 1")]
    [InlineData("1 - 2 -", "removed")]
    [InlineData("1 - 2 - 3", "added 3")]
    [InlineData("1 2 - 3", "added 3")]
    public void Modifications_that_are_merged_reach_the_target_attribute_by_attribute_as_the_table_says(string values, string expected)
    {
        var views = values.Split(' ').Select(value => new EntryView(Entry.Of(("name", "n"), ("mail", value == "-" ? Value.Null : value)))).ToArray();
        var merged = views.Skip(2).Aggregate(
            Event(LocalEventKind.Modified, views[1]),
            (last, next) => Remediation
                .Decide(RemediationPolicy.Conservative, new QueuedEvent(1, last, default, AttemptLog.None), Event(LocalEventKind.Modified, next), views[0])
                .Should().BeOfType<RemediationOutcome.Merge>().Subject.Event);

        var change = (EntryModified?)ChangePlan.For(views[0], merged).SingleOrDefault().Change;

        Describe(change?.Changes).Should().Be(expected);
        (change?.Entry ?? views[0].Entry).Should().Equal(views[^1].Entry);
    }

    [Fact]
    public void A_secret_that_was_added_and_then_removed_is_removed_since_the_target_may_have_an_older_one()
    {
        var first = Event(LocalEventKind.Modified, Live("a"), secrets: ("pw", "again, after a start of the server"));
        var removed = new AttributeChanges(Entry.Empty, Entry.Empty, ["pw"]);
        var second = Event(LocalEventKind.Modified, Live("a")) with { Secrets = new EventSecrets(removed, removed) };

        var merged = Remediation.Decide(RemediationPolicy.Conservative, new QueuedEvent(1, first, default, AttemptLog.None), second, Live("a"))
            .Should().BeOfType<RemediationOutcome.Merge>().Subject.Event;

        ChangePlan.For(Live("a"), merged).Should().ContainSingle().Which.Change.Should().BeOfType<EntryModified>().Which.Changes.Should().Be(removed);
    }

    [Fact]
    public void A_merged_event_carries_the_last_content_and_the_secrets_of_both()
    {
        var first = Queued(LocalEventKind.Added, Live("a"), secrets: ("pw", "old"));
        var second = Event(LocalEventKind.Modified, Live("b"), secrets: ("pin", "1234"));

        var merged = Remediation.Decide(RemediationPolicy.Conservative, first, second, null).Should().BeOfType<RemediationOutcome.Merge>().Subject.Event;

        merged.Kind.Should().Be(LocalEventKind.Added);
        merged.Local.Should().Be(Live("b"));
        merged.Secrets.Local.Added.Should().Equal(Entry.Of(("pin", "1234"), ("pw", "old")));
    }

    [Fact]
    public void Removed_then_added_with_the_content_that_the_target_has_vanishes()
    {
        var outcome = Remediation.Decide(
            RemediationPolicy.Maximum, Queued(LocalEventKind.Removed, null), Event(LocalEventKind.Added, Live("a")), Live("a"));
        Describe(outcome).Should().Be("vanish");
    }

    [Fact]
    public void Purged_then_added_is_recycled_from_what_the_target_still_has()
    {
        var outcome = Remediation.Decide(
            RemediationPolicy.Maximum, Queued(LocalEventKind.Removed, null), Event(LocalEventKind.Added, Live("b")), Trashed("a"));
        Describe(outcome).Should().Be("Added");
    }

    [Fact]
    public void Recycled_then_purged_is_still_removed_from_the_target()
    {
        var outcome = Remediation.Decide(
            RemediationPolicy.Maximum, Queued(LocalEventKind.Added, Live("b")), Event(LocalEventKind.Removed, null), Trashed("a"));
        Describe(outcome).Should().Be("Removed");
    }

    [Fact]
    public void Recycled_but_not_modified_yet_then_removed_is_trashed_again()
    {
        var outcome = Remediation.Decide(
            RemediationPolicy.Maximum, Queued(LocalEventKind.Added, Live("b")), Event(LocalEventKind.Removed, Trashed("b")), Live("a"));
        Describe(outcome).Should().Be("Removed");
    }

    [Fact]
    public void An_event_whose_conversion_failed_is_not_merged_with_one_that_was_converted()
    {
        var broken = Queued(LocalEventKind.Added, null) with { Event = Event(LocalEventKind.Added, null) with { Fault = "a template failed" } };
        Describe(Remediation.Decide(RemediationPolicy.Maximum, broken, Event(LocalEventKind.Modified, Live("b")), null)).Should().Be("both");
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Nothing_vanishes_of_which_a_call_was_broken_off(LocalEventKind first, LocalEventKind second, RemediationPolicy policy, string expected)
    {
        var brokenOff = Describe(Decide(first, second, policy, AttemptLog.None with { WasBrokenOff = true }));
        brokenOff.Should().Be(expected == "vanish" ? "Removed" : (first, second, policy) switch
        {
            (LocalEventKind.Removed, LocalEventKind.Added, RemediationPolicy.Maximum) => "Added",
            (LocalEventKind.Removed, _, _) => "both",
            _ => expected,
        });
    }

    [Fact]
    public void A_purge_that_was_broken_off_is_made_before_the_entry_is_added_again()
    {
        var purge = Queued(LocalEventKind.Removed, null) with { Attempts = AttemptLog.None with { WasBrokenOff = true } };
        Describe(Remediation.Decide(RemediationPolicy.Maximum, purge, Event(LocalEventKind.Added, Live("b")), Trashed("a"))).Should().Be("both");
    }

    [Theory]
    [InlineData(LocalEventKind.Added, LocalEventKind.Added, RemediationPolicy.Conservative, "Added")]
    [InlineData(LocalEventKind.Modified, LocalEventKind.Modified, RemediationPolicy.Conservative, "Modified")]
    [InlineData(LocalEventKind.Added, LocalEventKind.Removed, RemediationPolicy.Conservative, "both")]
    [InlineData(LocalEventKind.Added, LocalEventKind.Removed, RemediationPolicy.Maximum, "vanish")]
    [InlineData(LocalEventKind.Modified, LocalEventKind.Removed, RemediationPolicy.Maximum, "Removed")]
    public void Two_events_whose_conversion_failed_are_merged(LocalEventKind first, LocalEventKind second, RemediationPolicy policy, string expected)
    {
        var broken = Queued(first, null) with { Event = Event(first, null) with { Fault = "a template failed" } };
        var before = first == LocalEventKind.Added ? null : Live("before");
        Describe(Remediation.Decide(policy, broken, Event(second, null) with { Fault = "waits for the one before" }, before)).Should().Be(expected);
    }

    private static string Expected(LocalEventKind first, LocalEventKind second, RemediationPolicy policy) => (first, second, policy) switch
    {
        (_, _, RemediationPolicy.Disabled) => "both",
        (LocalEventKind.Added, LocalEventKind.Modified, _) => "Added",
        (LocalEventKind.Modified, LocalEventKind.Modified, _) => "Modified",
        (_, _, RemediationPolicy.Conservative) => "both",
        (LocalEventKind.Added, LocalEventKind.Removed, _) => "vanish",
        (LocalEventKind.Modified, LocalEventKind.Removed, _) => "Removed",
        (LocalEventKind.Removed, LocalEventKind.Added, _) => "Modified",
        _ => "both",
    };

    // The entry before the first event: there if the first event modifies or removes it.
    private static RemediationOutcome Decide(LocalEventKind first, LocalEventKind second, RemediationPolicy policy, AttemptLog attempts) => Remediation.Decide(
        policy,
        Queued(first, first == LocalEventKind.Removed ? null : Live("first")) with { Attempts = attempts },
        Event(second, second == LocalEventKind.Removed ? null : Live("second")),
        first == LocalEventKind.Added ? null : Live("before"));

    private static string Describe(AttributeChanges? changes) => changes switch
    {
        null => "nothing",
        { Added.Count: 1, Modified.Count: 0, Removed.IsEmpty: true } => $"added {changes.Added["mail"]}",
        { Added.Count: 0, Modified.Count: 1, Removed.IsEmpty: true } => $"modified {changes.Modified["mail"]}",
        { Added.Count: 0, Modified.Count: 0, Removed: ["mail"] } => "removed",
        _ => changes.ToString(),
    };

    private static string Describe(RemediationOutcome outcome) => outcome switch
    {
        RemediationOutcome.KeepBoth => "both",
        RemediationOutcome.Merge merge => merge.Event.Kind.ToString(),
        _ => "vanish",
    };

    private static QueuedEvent Queued(LocalEventKind kind, EntryView? local, (string, Value)? secrets = null) =>
        new(1, Event(kind, local, secrets), default, AttemptLog.None);

    private static LocalEvent Event(LocalEventKind kind, EntryView? local, (string Name, Value Value)? secrets = null)
    {
        var carried = secrets is { } secret ? new AttributeChanges(Entry.Of(secret), Entry.Empty, []) : AttributeChanges.None;
        return new LocalEvent("Users", Key, kind, "SRVUsers", local, local, new EventSecrets(carried, carried));
    }

    private static EntryView Live(string name) => new(Entry.Of(("name", name)));

    private static EntryView Trashed(string name) => Live(name) with { TrashedSince = default(DateTimeOffset) };
}
