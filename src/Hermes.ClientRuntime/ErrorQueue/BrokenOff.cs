using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>What a call that was broken off may have left in the target. Pure.</summary>
internal static class BrokenOff
{
    /// <summary>
    /// An entry as the target may have it after a modification that was broken off. An attribute to which that gave another value than it is to have now is taken to have
    /// that value, so that the target is told of it in any case; any other is taken to be as it was before.
    /// </summary>
    /// <param name="before">The entry before the modification.</param>
    /// <param name="brokenOff">What the modification made of it.</param>
    /// <param name="next">What it is to be now.</param>
    public static EntryView MayHave(EntryView before, Entry brokenOff, Entry next)
    {
        var doubtful = brokenOff.Keys.Union(next.Keys, StringComparer.Ordinal).Where(name => brokenOff.Get(name) != next.Get(name)).ToHashSet(StringComparer.Ordinal);
        return doubtful.Count == 0
            ? before
            : before with
            {
                Entry = Entry.Create(before.Entry.Where(attribute => !doubtful.Contains(attribute.Key)).Concat(brokenOff.Where(attribute => doubtful.Contains(attribute.Key)))),
            };
    }
}
