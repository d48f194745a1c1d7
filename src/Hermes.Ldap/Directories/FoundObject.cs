using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;

namespace Hermes.Ldap.Directories;

/// <summary>An object of the directory, as it was found.</summary>
/// <param name="Entry">Its name, and those of its attributes that were asked for.</param>
/// <param name="Link">What it is called for ever; null where the server has nothing of the kind.</param>
internal sealed record FoundObject(SearchResultEntry Entry, string? Link)
{
    /// <summary>Its name now.</summary>
    public string Dn => Entry.DistinguishedName;

    /// <summary>What others may hold of it.</summary>
    public ObjectName Name => new(Dn, attribute => ValueList.Create(Values(attribute).Select(Value.From)));

    /// <summary>The values of an attribute, as texts.</summary>
    public string[] Values(string attribute) => Entry.Attributes[attribute]?.GetValues(typeof(string)).Cast<string>().ToArray() ?? [];
}
