using System.DirectoryServices.Protocols;
using Hermes.Ldap.Directories;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>Finds objects by their <c>objectGUID</c>, which a domain takes in the place of a DN: one search of a single entry, wherever it is.</summary>
internal sealed class GuidLocator(DirectoryWriter writer) : ObjectLocator
{
    /// <inheritdoc/>
    public override string Attribute => "objectGUID";

    /// <inheritdoc/>
    protected override string? LinkOf(SearchResultEntry entry) =>
        entry.Attributes[Attribute]?.GetValues(typeof(byte[])) is [byte[] { Length: 16 } guid, ..] ? new Guid(guid).ToString("D") : null;

    /// <inheritdoc/>
    protected override Task<SearchResultEntry?> SearchAsync(
        string link, IReadOnlyList<string> likely, string[] attributes, CancellationToken cancellationToken) =>
        writer.ReadAsync($"<GUID={link}>", cancellationToken, attributes);
}
