using Hermes.Abstractions.Data;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Directories;

/// <summary>Writes passwords, hashed or not, as they are into an attribute.</summary>
internal sealed class PasswordAttribute(DirectoryWriter writer, string attribute) : IPasswordWriter
{
    /// <inheritdoc/>
    public Task SetAsync(string dn, Value password, CancellationToken cancellationToken) =>
        writer.SetPasswordAsync(dn, EntryDifference.Replace(attribute, AttributeText.Values(attribute, password)), cancellationToken);
}
