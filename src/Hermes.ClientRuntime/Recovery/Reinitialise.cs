using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>
/// Takes a complete initsync as the whole truth: what the client lacks is added, what differs is modified, what is not in it is removed. All of it goes through the
/// error queue, which delivers it. Done in slices, each with a commit, between which requests are answered.
/// </summary>
internal sealed class Reinitialise(ClientSession session, IMessageBusConsumer bus, ClientSurface surface)
{
    private readonly GatherInitSync _gather = new(session, bus);
    private readonly Slices _slices = new(session, bus, surface);

    /// <summary>Returns when it is done, or given up because the initsync cannot be used.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var range = session.Following.Reinitialisation!.InitSync.Range;
        session.Services.Log.Reinitialising(session.Model.Name, range.Start.Value, range.Stop.Value);
        surface.Status.Publish(session, RunState.Reinitialising);
        try
        {
            await _slices.RunAsync(_gather.RunAsync(cancellationToken), cancellationToken);
            await TakeOverSchemaAsync(cancellationToken);
            await _slices.RunAsync(new ApplyGathered(session).RunAsync(), cancellationToken);
        }
        catch (UnusableInitSyncException exception)
        {
            await GiveUpAsync(exception.Message);
            return;
        }

        await FinishAsync();
        await _slices.RunAsync(_gather.ClearAsync(), cancellationToken);
    }

    private async ValueTask TakeOverSchemaAsync(CancellationToken cancellationToken)
    {
        try
        {
            var slice = new WorkSlice(surface.Status, session.Services.Time);
            await using var purge = new Purge(session, new Retry(session, slice), slice);
            await new SchemaChange(session, purge).RunAsync(session.Following.Reinitialisation!.Schema!, cancellationToken);
        }
        catch (ContradictionException contradiction)
        {
            throw new UnusableInitSyncException(contradiction.Message);
        }
    }

    private async ValueTask FinishAsync()
    {
        var (setup, done) = (session.Setup!, session.Following.Reinitialisation!);
        var isHeld = done.Missing!.Value.Any(set => set.MustBeApproved);
        session.SetUp(setup with
        {
            InitSync = done.InitSync.Range,
            Following = setup.Following with
            {
                Producer = done.InitSync.Producer,
                Latest = done.InitSync,
                Wanted = null,
                Behind = null,
                Others = setup.Following.Others.Clear(),
                Held = isHeld ? done.Missing.Value : [],
                HasHeld = setup.Following.HasHeld || isHeld,
                Reinitialisation = null,
            },
        });
        if (done.LastSequence is { } sequence)
            session.Position.CaughtUp(done.InitSync.Producer, sequence, mayBeLower: setup.Following.Behind is not null);
        await session.CommitAsync();
        foreach (var set in session.Following.Held)
            session.Services.Log.RemovalsHeld(session.Model.Name, set.Count, set.Before, set.Type, set.Digest);
        session.Services.Log.Reinitialised(session.Model.Name, session.Queue.Count);
    }

    private async ValueTask GiveUpAsync(string reason)
    {
        // One that only was asked to has missed nothing.
        if (session.Following is { Behind: null, Wanted: not null })
        {
            session.Services.Log.InitSyncUnusable(session.Model.Name, reason);
            session.Follow(session.Following with { Latest = null, Reinitialisation = null });
        }
        else
        {
            FallBehind.OfInitSync(session, reason);
        }

        await session.CommitAsync();
    }
}
