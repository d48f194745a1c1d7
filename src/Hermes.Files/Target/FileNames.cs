using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;

namespace Hermes.Files.Target;

/// <summary>
/// Names of files for keys: different keys have different names on every file system, those that ignore case included, and the key can be told from
/// the name. An integer stands as it is; in a text all but lower-case letters, digits, <c>_ - . @</c> are percent-escaped; parts of a tuple are joined by a plus.
/// </summary>
internal static partial class FileNames
{
    public const string Extension = ".json";

    // Most file systems allow 255 bytes; the rest is for the extension and the mark.
    private const int Longest = 200;

    private static readonly SearchValues<byte> PlainInKeys = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.@"u8);
    private static readonly SearchValues<byte> PlainInTypes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-@"u8);

    // Windows keeps these for devices, whatever the extension.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "con", "prn", "aux", "nul",
        "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    };

    /// <summary>The name of the folder of a type.</summary>
    public static string OfType(string type) => Safe(Escape(type, PlainInTypes));

    /// <summary>The name of the file of an entry. A key that is too long for a file name is cut, and a hash of it appended.</summary>
    public static string OfKey(EntryKey key)
    {
        var name = Safe(string.Join('+', Enumerable.Range(0, key.PartCount).Select(i => OfPart(key[i]))));
        if (name.Length > Longest)
            name = $"{name[..(Longest - 33)]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32]}";
        return name + Extension;
    }

    /// <summary>Whether a file may have its name from a key.</summary>
    public static bool IsOfKey(string name) => name.Length <= Longest + Extension.Length && Written.IsMatch(name);

    private static string OfPart(Value part) => part.Kind switch
    {
        ValueKind.Integer => part.ToString(),
        ValueKind.String => OfText(part.AsString()),
        // An equals sign is always escaped in texts, so these cannot be taken for one.
        var kind => $"={kind.ToString().ToLowerInvariant()}-{Escape(part.ToString(), PlainInKeys)}",
    };

    private static string OfText(string text) => text switch
    {
        "" => "=",
        // A text that looks like an integer must not have its name.
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => EscapeFirst(Escape(text, PlainInKeys)),
        _ => Escape(text, PlainInKeys),
    };

    private static string Safe(string name)
    {
        var isHidden = name[0] == '.';
        var isOption = name[0] == '-' && !char.IsAsciiDigit(name.ElementAtOrDefault(1));
        return isHidden || isOption || Reserved.Contains(name.Split('.')[0]) ? EscapeFirst(name) : name;
    }

    private static string EscapeFirst(string name) => name[0] == '%' ? name : $"%{(int)name[0]:X2}{name[1..]}";

    private static string Escape(string text, SearchValues<byte> plain)
    {
        var name = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (plain.Contains(octet))
                name.Append((char)octet);
            else
                name.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }

        return name.ToString();
    }

    [GeneratedRegex(@"^(?!\.)([a-z0-9_.@=+~-]|%[0-9A-F]{2})+\.json\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Written { get; }
}
