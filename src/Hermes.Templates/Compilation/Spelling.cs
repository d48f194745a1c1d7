namespace Hermes.Templates.Compilation;

/// <summary>How far two names are apart, to suggest what was meant.</summary>
internal static class Spelling
{
    /// <summary>How many letters must be added, removed or changed to make one of the other.</summary>
    public static int Distance(string left, string right)
    {
        // A long name is no misspelling, and must not cost a large table.
        if (Math.Abs(left.Length - right.Length) > 8 || right.Length > 64)
            return int.MaxValue;
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
            previous = current;
        }

        return previous[^1];
    }
}
