using Hermes.ClientRuntime.ModelChanges;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Brings the events that may go to the target, and takes over a new data schema. What comes of each call is in its transition.</summary>
internal sealed class Apply(ClientSession session, SchemaChange schemaChange) : IClientStep
{
    private readonly ICalls _calls = session.Model.Settings.MaxConcurrency > 1 ? new CallsTogether(session) : new CallsInOrder(session);

    public async ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        try
        {
            if (run.Events is [{ IsInWork: true, Event: DataSchemaEvent changed } @event])
                await TakeOverAsync(run, @event, changed, cancellationToken);
            else
                await _calls.MakeAsync(run, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            run.Stop();
        }
    }

    private async ValueTask TakeOverAsync(EventRun run, RunEvent @event, DataSchemaEvent changed, CancellationToken cancellationToken)
    {
        // It commits on its way, when it purges.
        session.Position.MoveTo(@event.Offset);
        run.Begin(@event);
        try
        {
            await schemaChange.RunAsync(changed.Schema, cancellationToken);
        }
        catch (ContradictionException contradiction)
        {
            @event.SetAside(contradiction.Message);
        }
    }
}
