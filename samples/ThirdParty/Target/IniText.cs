using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace ThirdParty.Target;

/// <summary>Entries as the text of INI files. A list is as many lines of the same name.</summary>
internal static class IniText
{
    /// <summary>A file name that no other key of any type has.</summary>
    public static string FileName(string type, EntryKey key) =>
        $"{type}.{string.Join('+', Enumerable.Range(0, key.PartCount).Select(part => Uri.EscapeDataString(key[part].ToString())))}.ini";

    /// <exception cref="TargetException">An attribute cannot stand in an INI file.</exception>
    public static IReadOnlyList<string> Lines(IEnumerable<KeyValuePair<string, Value>> attributes) =>
        [.. attributes.SelectMany(attribute => Items(attribute.Value).Select(item => $"{Name(attribute.Key)}={Escaped(item.ToString())}"))];

    private static IEnumerable<Value> Items(Value value) => value.Kind == ValueKind.List ? value.AsList() : [value];

    private static string Name(string attribute) => attribute.AsSpan().ContainsAny("=[;#\n")
        ? throw new TargetException($"An INI file cannot hold the attribute '{attribute}'. Give it a name without =, [, ; and #.", FaultKind.Permanent)
        : attribute;

    private static string Escaped(string text) => text.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r");
}
