using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Crash.Host.Failpoints;

namespace Hermes.Crash.Host.Client;

/// <summary>A target that is a journal: every call in three steps, of which the second changes the target. Some calls fail, before, between and after the steps.</summary>
internal sealed class JournalTarget(SessionStarts starts, JournalFile journal, TargetFaults faults, Hang hang) : IClientTarget, IDisposable
{
    public const string Reserve = "reserve";
    public const string Write = "write";
    public const string Announce = "announce";

    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ClientFailpoints.TargetStart);
        starts.Next();
        return ValueTask.CompletedTask;
    }

    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        // So that calls at the same time do overlap.
        await Task.Yield();
        Failpoint.Hit(ClientFailpoints.BeforeHandler);
        await hang.AsTold(Hang.TargetWithTimeLimit, cancellationToken);
        await hang.AsTold(Hang.DeafTarget, cancellationToken);
        var call = Describe(change, context);
        journal.Write(call);
        try
        {
            await CallAsync(call, context, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Fail(journal, call);
            throw;
        }
    }

    public ValueTask SavedAsync(CancellationToken cancellationToken)
    {
        Failpoint.Hit(ClientFailpoints.BeforeSaved);
        Failpoint.Hit(ClientFailpoints.AfterSaved);
        return ValueTask.CompletedTask;
    }

    public void Dispose() => journal.Dispose();

    /// <summary>An entry without its secret as one JSON text, its attributes in the order of their names.</summary>
    public static string Text(Entry entry) => PlainJson.ToText(ValueMap.Create(entry.Where(attribute => attribute.Key != CampusOptions.Password)));

    private async Task CallAsync(JournalLine call, TargetContext context, CancellationToken cancellationToken)
    {
        faults.Visit(call.Secret, () => Fail(journal, call));
        await context.PrepareAsync(Reserve, Step(call, Reserve, ClientFailpoints.BeforeReserve, ClientFailpoints.AfterReserve), cancellationToken);
        faults.Visit(call.Secret, () => Fail(journal, call));
        await context.StepAsync(Write, Step(call, Write, ClientFailpoints.BeforeWrite, ClientFailpoints.AfterWrite), cancellationToken);
        faults.Visit(call.Secret, () => Fail(journal, call));
        await context.StepAsync(Announce, Step(call, Announce, ClientFailpoints.BeforeAnnounce, ClientFailpoints.AfterAnnounce), cancellationToken);
        faults.Visit(call.Secret, () => Fail(journal, call));
        journal.Write(call with { Act = JournalAct.Done });
        Failpoint.Hit(ClientFailpoints.AfterHandler);
    }

    private Func<CancellationToken, ValueTask> Step(JournalLine call, string name, string before, string after) => _ =>
    {
        Failpoint.Hit(before);
        journal.Write(call with { Act = JournalAct.Step, Step = name });
        Failpoint.Hit(after);
        return ValueTask.CompletedTask;
    };

    /// <summary>Writes that a call is about to fail.</summary>
    public static void Fail(JournalFile journal, JournalLine call)
    {
        Failpoint.Hit(ClientFailpoints.BeforeFailure);
        journal.Write(call with { Act = JournalAct.Fail });
    }

    /// <summary>The line of a call.</summary>
    public static JournalLine Describe(TargetChange change, TargetContext context)
    {
        var (content, previous) = change switch
        {
            EntryAdded added => (added.Entry, null),
            EntryRecycled recycled => (recycled.Entry, null),
            EntryModified modified => (modified.Entry, modified.Previous),
            EntryTrashed trashed => (trashed.Entry, null),
            EntryRemoved removed => ((Entry?)null, removed.Previous),
            _ => throw new TargetException($"The rig knows no {change.GetType().Name}.", FaultKind.Permanent),
        };
        return new JournalLine(
            JournalAct.Call,
            Environment.ProcessId,
            change.Kind.ToString(),
            change.Type,
            PlainJson.ToText(change.Key.ToValue()),
            content is null ? null : Text(content),
            previous is null ? null : Text(previous),
            content is not null && content.TryGetValue(CampusOptions.Password, out var secret) ? secret.AsString() : null,
            context.IsRedelivery,
            context.Attempt,
            "");
    }
}
