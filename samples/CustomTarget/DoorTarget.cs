using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace CustomTarget;

/// <summary>Lets the cards of people open doors, as long as they belong to the university.</summary>
public sealed class DoorTarget(IDoorSystem doors) : IClientTarget
{
    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        ValueTask Grant(Entry person) => context.StepAsync(
            "grant", token => new(doors.GrantAsync(person["card"].AsString(), person["name"].AsString(), token)), cancellationToken);
        ValueTask Revoke(Entry person) => context.StepAsync("revoke", token => new(doors.RevokeAsync(person["card"].AsString(), token)), cancellationToken);

        switch (change)
        {
            case EntryAdded added: await Grant(added.Entry); break;
            case EntryRecycled back: await Grant(back.Entry); break;
            case EntryTrashed gone: await Revoke(gone.Entry); break;
            case EntryRemoved removed: await Revoke(removed.Previous); break;
            case EntryModified modified:
                await Revoke(modified.Previous);
                await Grant(modified.Entry);
                break;
        }
    }
}
