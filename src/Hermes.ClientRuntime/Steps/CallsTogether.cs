using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// The calls of all events of a run at the same time; those of a single event in order. If the client stops meanwhile, none of them has an outcome.
/// </summary>
internal sealed class CallsTogether(ClientSession session) : ICalls
{
    private readonly CallsInOrder _inOrder = new(session);

    public async ValueTask MakeAsync(EventRun run, CancellationToken cancellationToken)
    {
        if (run.Events.Count == 1)
        {
            await _inOrder.MakeAsync(run, cancellationToken);
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var called = new List<LocalTransition>(run.Events.Count);
        var calls = new List<Task<CallOutcome>>(run.Events.Count);
        foreach (var @event in run.Events)
        {
            if (@event is not { IsInWork: true, Converted.Locals: [{ IsCall: true } transition] })
                continue;
            run.Begin(@event);
            called.Add(transition);
            calls.Add(session.Services.Target.ApplyAsync(
                transition.Event!,
                transition.Before,
                CallId.OfMessage(@event.Offset, transition.Type.Name),
                AttemptLog.None,
                @event.IsRedelivery,
                @event.Trace?.Context ?? default,
                cancellationToken).AsTask());
        }

        // All have ended when one was broken off, but then it is not told how the others ended.
        var outcomes = await Task.WhenAll(calls);
        for (var i = 0; i < outcomes.Length; i++)
            called[i].Outcome = outcomes[i];
    }
}
