namespace Hermes.Ldap.Directories;

/// <summary>The temporary names of objects that stepped aside for others: what they were called, and a mark that follows from their link.</summary>
internal static class AsideNames
{
    /// <summary>The temporary form of a name, no longer than a server takes. What follows an <c>@</c> stays.</summary>
    public static string Of(string name, string link, int longest)
    {
        if (Is(name, link))
            return name;
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var (first, rest) = at < 0 ? (name, "") : (name[..at], name[at..]);
        var mark = MarkOf(link);
        var length = Math.Min(first.Length, longest - mark.Length);
        if (length > 0 && char.IsHighSurrogate(first[length - 1]))
            length--;
        return first[..length] + mark + rest;
    }

    /// <summary>Whether an object with this link has this name only while it is aside.</summary>
    public static bool Is(string name, string link) => name.Split('@')[0].EndsWith(MarkOf(link), StringComparison.OrdinalIgnoreCase);

    private static string MarkOf(string link) => $"-hermes-{string.Concat(link.Where(char.IsAsciiLetterOrDigit).Take(8))}";
}
