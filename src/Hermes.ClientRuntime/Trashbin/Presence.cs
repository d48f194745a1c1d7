using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Trashbin;

/// <summary>Where an entry is.</summary>
internal enum Presence
{
    Absent,
    Live,
    Trashed,
}

internal static class PresenceOf
{
    public static Presence View(EntryView? view) => view switch
    {
        null => Presence.Absent,
        { IsTrashed: true } => Presence.Trashed,
        _ => Presence.Live,
    };
}
