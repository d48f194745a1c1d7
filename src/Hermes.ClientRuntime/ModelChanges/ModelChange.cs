using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Templates;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// Carries a change of the client's own data model over to state and target, at start. Everything is worked out in one transaction, as
/// events in the error queue; the queue then delivers them in order, across restarts. A failure while working it out changes nothing.
/// </summary>
internal sealed class ModelChange(ClientSession session)
{
    /// <exception cref="ClientStopException">A template fails on an entry of the state.</exception>
    /// <exception cref="BusException">It is not known what was in flight when the client ended.</exception>
    public async Task RunAsync(IMessageBusConsumer bus, CancellationToken cancellationToken)
    {
        ForgetDecisions();
        var setup = session.Setup!;
        var model = session.Model.Snapshot();
        var difference = ModelDifference.Between(setup.Model, model);
        if (difference.IsEmpty)
            return;
        var inFlight = await InFlight.ReadAsync(session, bus, cancellationToken);
        var events = new ModelEvents(session, inFlight);
        session.Services.Log.ModelChanged(session.Model.Name, difference.ToString());
        try
        {
            await new GoneTypes(session, events, inFlight).RunAsync(setup, difference.Gone);
            await new NewTypes(session, events).RunAsync(difference.New);
            await new ChangedMappings(session, events, inFlight).RunAsync(setup.Model, difference.Changed);
        }
        catch (TemplateException exception)
        {
            throw new ClientStopException(
                $"The change of the data model cannot be worked out, and nothing was changed: {exception.Message} Correct the template and start again.", exception);
        }

        session.SetUp(setup with
        {
            Model = model,
            Dropped = DroppedTypes.Of(session),
            Following = session.Following with { Drops = session.Following.Drops.RemoveRange(difference.Gone) },
        });
        await session.CommitAsync();
    }

    // A type that the configuration has again as it was is asked about anew should it go once more.
    private void ForgetDecisions()
    {
        var kept = session.Model.Kept.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var over = session.Following.Drops.Keys.Where(type => !kept.Contains(type) && session.Bound.TryGetType(type, out _)).ToArray();
        if (over.Length > 0)
            session.Follow(session.Following with { Drops = session.Following.Drops.RemoveRange(over) });
    }
}
