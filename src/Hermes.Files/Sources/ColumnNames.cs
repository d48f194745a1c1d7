namespace Hermes.Files.Sources;

/// <summary>Finds what a misspelt name of a column may have meant.</summary>
internal static class ColumnNames
{
    private const int Most = 3;

    /// <summary>The names that are most like a name, the nearest first, as the end of a message; all of them if none is near.</summary>
    public static string Near(string name, IReadOnlyCollection<string> known)
    {
        var near = known
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance <= 1 + (name.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .Take(Most)
            .Select(candidate => candidate.Name)
            .ToArray();
        return near.Length > 0 ? $"Did you mean '{string.Join("' or '", near)}'?" : $"There are: {string.Join(", ", known)}.";
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[right.Length];
    }
}
