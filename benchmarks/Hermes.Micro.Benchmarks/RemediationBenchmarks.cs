using BenchmarkDotNet.Attributes;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;

namespace Hermes.Micro.Benchmarks;

/// <summary>What becomes of two events of one entry that wait in the error queue.</summary>
public class RemediationBenchmarks
{
    private static readonly EntryView Before = new(Person.Before);
    private static readonly EntryView After = new(Person.After);
    private static readonly QueuedEvent Added = Queued(LocalEventKind.Added, Before);
    private static readonly QueuedEvent Modified = Queued(LocalEventKind.Modified, After);

    [Benchmark]
    public object AddedThenModified() => Remediation.Decide(RemediationPolicy.Maximum, Added, Event(LocalEventKind.Modified, After), null);

    [Benchmark]
    public object ModifiedThenModified() => Remediation.Decide(RemediationPolicy.Maximum, Modified, Event(LocalEventKind.Modified, Before), Before);

    [Benchmark]
    public object AddedThenRemoved() => Remediation.Decide(RemediationPolicy.Maximum, Added, Event(LocalEventKind.Removed, null), null);

    private static LocalEvent Event(LocalEventKind kind, EntryView? after) => new("Users", Person.Key, kind, "Users", after, after, EventSecrets.None);

    private static QueuedEvent Queued(LocalEventKind kind, EntryView? after) => new(1, Event(kind, after), DateTimeOffset.UnixEpoch, AttemptLog.None);
}
