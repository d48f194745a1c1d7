namespace Hermes.Runtime.Configuration;

/// <summary>Finds the name that was probably meant by one that does not exist. Pure.</summary>
internal static class NearName
{
    /// <summary>The name nearest to a text, if it is near enough to be meant; else null.</summary>
    public static string? Of(string text, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: Distance(text.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(near => near.Distance <= Math.Max(1, Math.Min(text.Length, near.Name.Length) / 3))
        .OrderBy(near => near.Distance)
        .ThenBy(near => near.Name, StringComparer.Ordinal)
        .Select(near => near.Name)
        .FirstOrDefault();

    /// <summary>Names as a list, the one nearest to a text first and the others in alphabetical order.</summary>
    public static string List(string text, IReadOnlyCollection<string> names)
    {
        var near = Of(text, names);
        return string.Join(", ", names.OrderBy(name => name != near).ThenBy(name => name, StringComparer.Ordinal));
    }

    // Letters that are inserted, left out, replaced, or swapped with their neighbour.
    private static int Distance(string one, string other)
    {
        var distance = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            distance[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            distance[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = distance[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }

        return distance[one.Length, other.Length];
    }
}
