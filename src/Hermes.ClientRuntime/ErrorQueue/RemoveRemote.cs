using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>Lets the removal of a live remote entry wait in the error queue: to the trashbin, if there is one.</summary>
internal sealed class RemoveRemote(ClientSession session)
{
    private readonly Transitions _transitions = new(session);
    private readonly Defer _defer = new(session);

    /// <param name="type">The remote type.</param>
    /// <param name="known">The entry; its local ones were taken into memory.</param>
    /// <param name="attempts">Why it waits.</param>
    public ValueTask RunAsync(string type, in StoredEntry known, AttemptLog attempts)
    {
        var isKept = session.Model.Settings.TrashbinRetention > TimeSpan.Zero;
        return _defer.RunAsync(
            _transitions.Of(type, known, isKept ? known.Expected! with { TrashedSince = session.Now } : null, AttributeChanges.None), attempts);
    }
}
