using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;

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
    public void An_event_whose_conversion_failed_is_never_merged()
    {
        var broken = Queued(LocalEventKind.Added, null) with { Event = Event(LocalEventKind.Added, null) with { Fault = "a template failed" } };
        Describe(Remediation.Decide(RemediationPolicy.Maximum, broken, Event(LocalEventKind.Modified, Live("b")), null)).Should().Be("both");
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
