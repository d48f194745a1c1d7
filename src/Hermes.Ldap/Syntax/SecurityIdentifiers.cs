using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Hermes.Ldap.Syntax;

/// <summary>Security identifiers of Windows ([MS-DTYP], 2.4.2), on any operating system.</summary>
internal static class SecurityIdentifiers
{
    private const int Header = 8;
    private const byte Revision = 1;

    /// <summary>Writes one as text: <c>S-1-5-21-1004336348-1177238915-682003330-512</c>.</summary>
    /// <returns>False if the bytes are none.</returns>
    public static bool TryFormat(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (bytes.Length < Header || bytes[0] != Revision || bytes.Length != Header + (4 * bytes[1]))
            return false;
        var authority = ((long)BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        var written = new StringBuilder("S-1-").Append(authority.ToString(CultureInfo.InvariantCulture));
        for (var at = Header; at < bytes.Length; at += 4)
            written.Append('-').Append(BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]).ToString(CultureInfo.InvariantCulture));
        text = written.ToString();
        return true;
    }
}
