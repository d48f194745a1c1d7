using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Text.RegularExpressions;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Source;

/// <summary>Reads attributes that Active Directory returns in pieces (<c>member;range=0-1499</c>) to their end.</summary>
internal static partial class RangedValues
{
    /// <summary>The piece of an attribute that an entry holds, or null if the attribute is there as a whole or not at all.</summary>
    public static (DirectoryAttribute Values, int? Next)? FirstPiece(SearchResultEntry entry, string attribute)
    {
        foreach (string name in entry.Attributes.AttributeNames)
        {
            if (Range.Match(name) is { Success: true } range && range.Groups["name"].Value.Equals(attribute, StringComparison.OrdinalIgnoreCase))
            {
                var end = range.Groups["end"].Value;
                return (entry.Attributes[name], end == "*" ? null : int.Parse(end, CultureInfo.InvariantCulture) + 1);
            }
        }

        return null;
    }

    /// <summary>All values of an attribute, of which an entry holds the first piece.</summary>
    /// <exception cref="LdapRequestException">A piece cannot be read, or none is marked as the last.</exception>
    public static async Task<IReadOnlyList<byte[]>> ReadAllAsync(
        LdapSession session, string dn, string attribute, (DirectoryAttribute Values, int? Next) piece, CancellationToken cancellationToken)
    {
        var values = new List<byte[]>();
        while (true)
        {
            values.AddRange(piece.Values.GetValues(typeof(byte[])).Cast<byte[]>());
            if (piece.Next is not { } next)
                return values;

            var what = $"Reading the values of '{attribute}' from number {next} of {dn}";
            var request = new SearchRequest(dn, "(objectClass=*)", SearchScope.Base, $"{attribute};range={next}-*");
            var response = await session.SendAsync<SearchResponse>(request, what, cancellationToken);
            var following = response.Entries.Count == 1 ? FirstPiece(response.Entries[0], attribute) : null;
            if (following is null || following.Value.Next <= next)
            {
                throw new LdapRequestException(
                    95, FaultKind.Transient, $"{what} on {session.Address} failed: the server sent no further values, though it announced some.");
            }

            piece = following.Value;
        }
    }

    [GeneratedRegex(@"^(?<name>.+);range=\d+-(?<end>\d+|\*)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Range { get; }
}
