using System.Text.RegularExpressions;

namespace Hermes.Tool.Configuration;

/// <summary>Tells secrets that stand in a file as they are. Pure.</summary>
internal static partial class PlainSecret
{
    /// <summary>Whether a setting is a secret, or holds one.</summary>
    /// <param name="path">The path of the setting.</param>
    /// <param name="text">What it is set to in the file.</param>
    public static bool Is(string path, string text) => text.Length > 0 && !SecretReferences.IsIn(text) && !DataModel().IsMatch(path)
        && (Secret().IsMatch(path) || (Connection().IsMatch(path) && PasswordInConnection().IsMatch(text)));

    // Attributes and mappings may well be called password.
    [GeneratedRegex(":DataTypes:|:(Entries|Users|Groups|Memberships|Kinds):", RegexOptions.IgnoreCase)]
    private static partial Regex DataModel();

    [GeneratedRegex("(password|passphrase|secret|token|apikey|:SigningKeys?(:[0-9]+)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex(":ConnectionString$", RegexOptions.IgnoreCase)]
    private static partial Regex Connection();

    [GeneratedRegex(@"\b(password|pwd)\s*=\s*[^;\s]", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordInConnection();
}
