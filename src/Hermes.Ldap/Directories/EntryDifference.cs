using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Directories;

/// <summary>
/// Works out modifications. All of them replace an attribute by its wanted values (none removes it), so that applying them again changes nothing.
/// The naming attribute is never among them: it changes with the name.
/// </summary>
internal static class EntryDifference
{
    /// <summary>What turns one image into another, and <paramref name="removed"/> attributes into what the new image has of them.</summary>
    public static IReadOnlyList<DirectoryAttributeModification> Between(EntryImage previous, EntryImage next, IEnumerable<string> removed, string naming) =>
        [.. previous.Names.Union(next.Names, StringComparer.OrdinalIgnoreCase)
            .Where(name => !previous[name].Equals(next[name]))
            .Union(removed, StringComparer.OrdinalIgnoreCase)
            .Where(name => !Same(name, naming))
            .Select(name => Replace(name, next[name]))];

    /// <summary>
    /// What gives an object the wanted content: the attributes of the image, and no value for managed attributes that it lacks. A default fills what is
    /// not set. Object classes are left out, since a server refuses to replace the structural one: they are added apart.
    /// </summary>
    public static IReadOnlyList<DirectoryAttributeModification> Towards(
        EntryImage wanted, IReadOnlyCollection<string> managed, IReadOnlyCollection<string> present, string naming) =>
        [.. wanted.Names.Union(managed, StringComparer.OrdinalIgnoreCase)
            .Where(name => !Same(name, naming) && !Same(name, "objectClass"))
            .Where(name => !wanted.IsDefault(name) || Has(managed, name) || !Has(present, name))
            .Select(name => Replace(name, wanted[name]))];

    /// <summary>A modification that replaces all values of an attribute.</summary>
    public static DirectoryAttributeModification Replace(string attribute, ValueList values) =>
        AttributeParts.Modification(DirectoryAttributeOperation.Replace, attribute, values);

    private static bool Has(IReadOnlyCollection<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
