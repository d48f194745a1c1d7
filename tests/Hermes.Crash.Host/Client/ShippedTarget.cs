using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Crash.Host.Failpoints;

namespace Hermes.Crash.Host.Client;

/// <summary>
/// A target of Hermes itself, whose calls are written to the journal as well. A call that the rig lets fail fails before it did anything, as a transaction does; what the
/// target refuses by itself fails too.
/// </summary>
internal sealed class ShippedTarget<T>(T inner, SessionStarts starts, JournalFile journal, TargetFaults faults) : IClientTarget, IReadableTarget, IDisposable
    where T : IClientTarget, IReadableTarget
{
    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ClientFailpoints.TargetStart);
        starts.Next();
        return inner.StartAsync(types, cancellationToken);
    }

    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        // So that calls at the same time do overlap.
        await Task.Yield();
        Failpoint.Hit(ClientFailpoints.BeforeHandler);
        var call = JournalTarget.Describe(change, context);
        journal.Write(call);
        faults.Visit(call.Secret, () => JournalTarget.Fail(journal, call));
        Failpoint.Hit(ClientFailpoints.BeforeWrite);
        try
        {
            await inner.ApplyAsync(change, context, cancellationToken);
        }
        catch (Exception exception) when (exception is TargetException or OperationCanceledException)
        {
            JournalTarget.Fail(journal, call);
            throw;
        }

        Failpoint.Hit(ClientFailpoints.AfterWrite);
        journal.Write(call with { Act = JournalAct.Step, Step = JournalTarget.Write });
        journal.Write(call with { Act = JournalAct.Done });
        Failpoint.Hit(ClientFailpoints.AfterHandler);
    }

    public bool Handles(string type, TargetChangeKind kind) => inner.Handles(type, kind);

    public ValueTask<bool> StepAsideAsync(EntryId entry, string link, CancellationToken cancellationToken) => inner.StepAsideAsync(entry, link, cancellationToken);

    public ValueTask RekeyedAsync(TargetType type, IReadOnlyList<EntryRekeyed> entries, CancellationToken cancellationToken) =>
        inner.RekeyedAsync(type, entries, cancellationToken);

    public ValueTask SavedAsync(CancellationToken cancellationToken)
    {
        Failpoint.Hit(ClientFailpoints.BeforeSaved);
        Failpoint.Hit(ClientFailpoints.AfterSaved);
        return inner.SavedAsync(cancellationToken);
    }

    public bool CanRead(string type) => inner.CanRead(type);

    public string? LinkOf(string type, EntryKey key) => inner.LinkOf(type, key);

    public IAsyncEnumerable<TargetObject> ReadAsync(string type, IReadOnlyList<string> also, CancellationToken cancellationToken) =>
        inner.ReadAsync(type, also, cancellationToken);

    public ValueTask<TargetObject?> FindAsync(string type, string link, CancellationToken cancellationToken) => inner.FindAsync(type, link, cancellationToken);

    public bool IsSame(string type, string attribute, Value given, Value held) => inner.IsSame(type, attribute, given, held);

    public void Dispose() => journal.Dispose();
}
