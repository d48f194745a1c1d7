namespace Hermes.Diff.Constraints;

/// <summary>Applies constraints until a pass drops nothing.</summary>
internal static class Fixpoint
{
    /// <summary>
    /// Passes over the parties in order, again and again. A party is judged again only when something that its constraints read has lost
    /// entries, so that the work stays proportional to the entries unless drops follow drops in a long chain.
    /// </summary>
    /// <param name="parties">The types or sources by name, in order.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static void Reach(IReadOnlyList<(string Name, ConstrainedRows Rows)> parties, CancellationToken cancellationToken)
    {
        var due = parties.Select(party => party.Name).ToHashSet(StringComparer.Ordinal);
        while (due.Count > 0)
        {
            foreach (var (name, rows) in parties)
            {
                if (due.Remove(name) && rows.DropViolations(cancellationToken))
                    due.UnionWith(parties.Where(party => party.Rows.Reads.Contains(name)).Select(party => party.Name));
            }
        }
    }
}
