using System.Collections.Immutable;
using Hermes.Abstractions.Notifications;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// Sees whether the target keeps the objects of a type where it kept them at the last start. What was seen is in the state, with what was told to people.
/// </summary>
internal sealed class TargetPlaces(ClientSession session)
{
    private static string Topic => NotificationTopic.TargetPlaces.Name;

    /// <exception cref="ClientStopException">Objects would be lost, and nobody accepts it.</exception>
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        if (session.Services.Target.Readable is not { } target)
            return;
        var before = session.Setup!.Told.GetValueOrDefault(Topic, []);
        var now = before.ToImmutableSortedDictionary(TypeOf, line => line, StringComparer.Ordinal);
        foreach (var type in session.Bound.Types.Select(type => type.Name).Where(target.CanRead))
        {
            if (target.PlaceOf(type) is not { } place)
                continue;
            var line = $"{type}: {place}";
            if (now.TryGetValue(type, out var former) && former != line && (await session.Written.CountAsync(EntryTable.Local(type))) is { Live: > 0 } or { Trashed: > 0 })
                await MoveAsync(target, type, place, former[(type.Length + 2)..]);
            now = now.SetItem(type, line);
        }

        if (now.Values.SequenceEqual(before, StringComparer.Ordinal))
            return;
        if (now.Any(type => before.Any(line => TypeOf(line) == type.Key && line != type.Value)))
            await session.Services.Notifications.TellAsync(NotificationTopic.TargetPlaces, before, [.. now.Values], cancellationToken);
        session.SetUp(session.Setup with { Told = session.Setup.Told.SetItem(Topic, [.. now.Values]) });
    }

    // Objects whose links were set are found wherever they are.
    private async ValueTask MoveAsync(IReadableTarget target, string type, string place, string former)
    {
        var table = EntryTable.Local(type);
        await foreach (var entry in session.ReadAsync(table))
        {
            if (entry.Applied is null || target.LinkOf(type, entry.Key) is not { } link)
                continue;
            if (!session.Model.Settings.AcceptMovedTarget)
            {
                throw new ClientStopException(
                    $"The target keeps {type} at {place} now, while what it was given is at {former}. Nothing was changed. Put the setting of the target back; or, if somebody has "
                    + $"moved the objects there, or a comparison is to make them anew, set AcceptMovedTarget of the client {session.Model.Name} for one start.");
            }

            if (entry.Link is not null && entry.Link != link)
                session.Put(table, entry with { Link = link });
        }

        session.Services.Log.TargetMoved(session.Model.Name, type, place, former);
    }

    private static string TypeOf(string line) => line[..line.IndexOf(": ", StringComparison.Ordinal)];
}
