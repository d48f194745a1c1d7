using System.DirectoryServices.Protocols;
using System.Text;

namespace Hermes.Ldap.Connection;

/// <summary>The free text that a server sends along with a result code, made fit for messages.</summary>
internal static class Diagnostics
{
    private const int LongestText = 300;
    private const int ShortestValue = 4;

    /// <summary>
    /// The text without the values of the request, since any of them may be secret and some servers repeat what they refuse. Values of fewer than
    /// four characters are left: they are no secrets, and every text holds them by chance.
    /// </summary>
    public static string Clean(string? diagnostics, DirectoryRequest? request)
    {
        var text = (diagnostics ?? "").Replace('\0', ' ').Trim();
        foreach (var value in ValuesOf(request).Where(value => value.Length >= ShortestValue).OrderByDescending(value => value.Length))
            text = text.Replace(value, "...", StringComparison.OrdinalIgnoreCase);
        return text.Length > LongestText ? text[..LongestText] + "..." : text;
    }

    private static IEnumerable<string> ValuesOf(DirectoryRequest? request) => request switch
    {
        AddRequest add => add.Attributes.Cast<DirectoryAttribute>().SelectMany(Texts),
        ModifyRequest modify => modify.Modifications.Cast<DirectoryAttribute>().SelectMany(Texts),
        _ => [],
    };

    // Object classes are names of the schema, which the server's message is about.
    private static IEnumerable<string> Texts(DirectoryAttribute attribute) =>
        attribute.Name is not null && attribute.Name.Equals("objectClass", StringComparison.OrdinalIgnoreCase)
            ? []
            : attribute.GetValues(typeof(byte[])).Cast<byte[]>()
                .SelectMany(bytes => new[] { Encoding.UTF8.GetString(bytes), Encoding.Unicode.GetString(bytes).Trim('"') });
}
