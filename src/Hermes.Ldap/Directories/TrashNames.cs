using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Directories;

/// <summary>The names of trashed entries in their container: the one they had, or, if another has it there, one that follows from the key of the entry.</summary>
internal sealed class TrashNames(EntryLayout layout, string container)
{
    /// <summary>Whether an object is in the container.</summary>
    public bool Contain(string dn) => DistinguishedName.Same(DistinguishedName.Split(dn).Container, container);

    /// <summary>The name that the entry had.</summary>
    public string Plain(Entry entry) => layout.DnBelow(entry, container);

    /// <summary>The name that no other entry has.</summary>
    public string Own(EntryKey key, Entry entry) =>
        layout.DnBelow(entry, "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())))[..8], container);
}
