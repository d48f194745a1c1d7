using Hermes.Abstractions.Data;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Directories;

/// <summary>
/// Tells whether an object without an owner is an entry's. The key attribute proves it. Without one, a name is all there is to go by, except where an object is met that
/// this client can have made a moment ago: then what it made must be there. Pure.
/// </summary>
internal sealed class Proof(EntryLayout layout)
{
    /// <summary>Whether nothing speaks against that an object of the name that the entry had is its: its key; without a key attribute, nothing does.</summary>
    public bool Allows(FoundObject found, Entry entry) => layout.KeyAttribute is null || HasKey(found, entry);

    /// <summary>Whether an object was made, or brought to this content, for an entry.</summary>
    public bool IsGiven(FoundObject found, Entry entry) => layout.KeyAttribute is null ? Holds(found, layout.ImageOf(entry)) : HasKey(found, entry);

    /// <summary>Whose an object is that has the name of an entry, and what to do.</summary>
    public string Explain(FoundObject? found, Entry entry, EntryId? owner)
    {
        if (owner is { } another)
            return $"it is that of {another}. It was not touched. The change waits until that one gives the name away; if it does not, give one of the two another name.";
        var whose = layout.KeyAttribute switch
        {
            null => "nothing tells whose it is",
            { } key when found is not null && HasKey(found, entry) => $"its '{key}' is that of this entry",
            { } key when found?.Values(key) is [var value, ..] => $"its '{key}' is {value}",
            { } key => $"it has no '{key}'",
        };
        var advice = layout.WhenExists == WhenExists.Refuse
            ? "Give one of the two another name, or delete the object."
            : "If the two are the same, let the object be adopted: set WhenExists to Adopt"
                + (layout.KeyAttribute is { } proof ? $" and give the object this entry's '{proof}'." : " and KeyAttribute to the attribute that proves it.")
                + " If they are not, give one of them another name.";
        return $"{whose}. It was not touched. {advice}";
    }

    private bool HasKey(FoundObject found, Entry entry)
    {
        var wanted = layout.ImageOf(entry)[layout.KeyAttribute!];
        return wanted.Count > 0 && wanted.All(value => found.Values(layout.KeyAttribute!).Contains(value.ToString(), StringComparer.OrdinalIgnoreCase));
    }

    // The name is that by which it was found. Servers add object classes, and hold some values in a form of their own.
    private bool Holds(FoundObject found, EntryImage image) => image
        .Where(attribute => !attribute.Key.Equals("objectClass", StringComparison.OrdinalIgnoreCase)
            && !attribute.Key.Equals(layout.Naming, StringComparison.OrdinalIgnoreCase))
        .All(attribute => attribute.Value.All(value => value.Kind == ValueKind.Bytes
            ? found.Entry.Attributes.Contains(attribute.Key)
            : found.Values(attribute.Key).Any(held => Alike(held, value.ToString()))));

    private static bool Alike(string held, string wanted) =>
        held.Equals(wanted, StringComparison.OrdinalIgnoreCase) || (wanted.Contains('=', StringComparison.Ordinal) && DistinguishedName.Same(held, wanted));
}
