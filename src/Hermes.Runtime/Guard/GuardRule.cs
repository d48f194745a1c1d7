namespace Hermes.Runtime.Guard;

/// <summary>When so many entries of a type change in one way at once that it is hardly what was meant.</summary>
/// <param name="MaxPercent">A greater share of the entries is too much, in percent, if it is also <paramref name="MinEntries"/> or more.</param>
/// <param name="MinEntries">Fewer entries are never too many for their share.</param>
/// <param name="MaxEntries">More entries are too many, whatever their share; null for no such limit.</param>
/// <param name="AllowsEmpty">Whether a type may lose its last entry by itself, or all entries an attribute.</param>
internal sealed record GuardRule(double MaxPercent, int MinEntries, int? MaxEntries, bool AllowsEmpty)
{
    /// <summary>An attribute that so many entries have, and that all of them lose, is hardly lost on purpose. Of fewer, each may well be.</summary>
    public const int MoreThanAFew = 5;

    /// <summary>Whether so many removals are too many.</summary>
    /// <param name="removed">How many entries would be removed.</param>
    /// <param name="before">How many entries the type has.</param>
    /// <param name="after">How many it would have then, those included that are new.</param>
    public bool HoldsRemovals(int removed, int before, int after) => Holds(removed, before) || (removed > 0 && after == 0 && !AllowsEmpty);

    /// <summary>Whether it is too much that so many entries lose an attribute.</summary>
    /// <param name="unset">How many entries would lose it.</param>
    /// <param name="before">How many have it.</param>
    public bool HoldsUnset(int unset, int before) => Holds(unset, before) || (unset >= MoreThanAFew && unset == before && !AllowsEmpty);

    private bool Holds(int count, int before) =>
        count > (MaxEntries ?? int.MaxValue) || (count > 0 && count >= MinEntries && count * 100.0 > MaxPercent * before);
}
