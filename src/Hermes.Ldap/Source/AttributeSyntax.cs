using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Hermes.Abstractions.Data;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Source;

/// <summary>How the values of an attribute become those of Hermes.</summary>
internal abstract record AttributeSyntax
{
    private static readonly HashSet<string> KnownBinary = new(StringComparer.OrdinalIgnoreCase)
    {
        "attributeCertificate", "audio", "authorityRevocationList", "cACertificate", "certificateRevocationList", "crossCertificatePair",
        "deltaRevocationList", "jpegPhoto", "logonHours", "mS-DS-ConsistencyGuid", "msExchMailboxGuid", "nTSecurityDescriptor", "objectGUID",
        "objectSid", "photo", "replPropertyMetaData", "sIDHistory", "supportedAlgorithms", "thumbnailLogo", "thumbnailPhoto", "tokenGroups",
        "userCertificate", "userPKCS12", "userSMIMECertificate",
    };

    // Audio, certificates, fax, JPEG, octet strings (RFC 4517, RFC 4523, RFC 2252), and the security descriptors of Active Directory.
    private static readonly HashSet<string> BinarySyntaxes = new(StringComparer.Ordinal)
    {
        "1.3.6.1.4.1.1466.115.121.1.4", "1.3.6.1.4.1.1466.115.121.1.5", "1.3.6.1.4.1.1466.115.121.1.8", "1.3.6.1.4.1.1466.115.121.1.9", "1.3.6.1.4.1.1466.115.121.1.10",
        "1.3.6.1.4.1.1466.115.121.1.23", "1.3.6.1.4.1.1466.115.121.1.28", "1.3.6.1.4.1.1466.115.121.1.40", "1.3.6.1.4.1.1466.115.121.1.49", "1.2.840.113556.1.4.907",
    };

    /// <summary>Converts one value.</summary>
    /// <exception cref="FormatException">It is not of this syntax; says what to do.</exception>
    public abstract Value Read(byte[] value);

    /// <summary>The syntax of an attribute; options such as <c>;lang-fr</c> do not count.</summary>
    public static AttributeSyntax Of(string attribute, LdapSourceOptions options, DirectorySchema schema)
    {
        bool In(IList<string> names) => IsIn(names, attribute, schema);
        if (In(options.IntegerAttributes))
            return new Integer();
        if (In(options.BooleanAttributes))
            return new Truth();
        if (In(options.DateTimeAttributes))
            return new Time();
        if (In(options.FileTimeAttributes))
            return new FileTime();
        if (In(options.GuidAttributes))
            return new UniqueId();
        if (In(options.SidAttributes))
            return new SecurityId();
        return IsBinary(attribute, schema) || In(options.BinaryAttributes) ? new Bytes() : new Text();
    }

    /// <summary>The syntax of an attribute as a target writes it: texts, and bytes where the schema says so or a value is no text.</summary>
    public static AttributeSyntax AsWritten(string attribute, DirectorySchema schema) =>
        IsBinary(attribute, schema) || BinarySyntaxes.Contains(schema.SyntaxOf(attribute.Split(';')[0]) ?? "") ? new Bytes() : new TextOrBytes();

    private static bool IsBinary(string attribute, DirectorySchema schema) =>
        schema.NamesOf(attribute.Split(';')[0]).Any(KnownBinary.Contains) || attribute.EndsWith(";binary", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a setting names an attribute, by any of its names, with or without options.</summary>
    public static bool IsIn(IList<string> names, string attribute, DirectorySchema schema) =>
        names.Count > 0 && (names.Contains(attribute, StringComparer.OrdinalIgnoreCase)
            || schema.NamesOf(attribute.Split(';')[0]).Any(type => names.Contains(type, StringComparer.OrdinalIgnoreCase)));

    private sealed record Bytes : AttributeSyntax
    {
        public override Value Read(byte[] value) => value;
    }

    private sealed record Text : AttributeSyntax
    {
        private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        public override Value Read(byte[] value)
        {
            try
            {
                return Strict.GetString(value);
            }
            catch (DecoderFallbackException)
            {
                throw new FormatException("holds bytes that are no text. Add it to BinaryAttributes.");
            }
        }
    }

    private sealed record TextOrBytes : AttributeSyntax
    {
        public override Value Read(byte[] value) => Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : value;
    }

    private sealed record Integer : AttributeSyntax
    {
        public override Value Read(byte[] value) =>
            long.TryParse(Encoding.UTF8.GetString(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new FormatException("holds a value that is no integer of 64 bits. Remove it from IntegerAttributes.");
    }

    private sealed record Truth : AttributeSyntax
    {
        public override Value Read(byte[] value) => Encoding.UTF8.GetString(value).ToUpperInvariant() switch
        {
            "TRUE" => true,
            "FALSE" => false,
            _ => throw new FormatException("holds a value that is neither TRUE nor FALSE. Remove it from BooleanAttributes."),
        };
    }

    private sealed record Time : AttributeSyntax
    {
        public override Value Read(byte[] value) => GeneralizedTime.TryParse(Encoding.UTF8.GetString(value), out var utc)
            ? utc
            : throw new FormatException("holds a value that is no generalized time (20240501123456Z). Remove it from DateTimeAttributes.");
    }

    // Active Directory's way of writing times; 0 and the greatest number mean "never" there.
    private sealed record FileTime : AttributeSyntax
    {
        private const long Never = long.MaxValue;
        private static readonly long Latest = DateTime.MaxValue.ToFileTimeUtc();

        public override Value Read(byte[] value) =>
            long.TryParse(Encoding.UTF8.GetString(value), NumberStyles.None, CultureInfo.InvariantCulture, out var time) && (time == Never || time <= Latest)
                ? time is 0 or Never ? Value.Null : DateTime.FromFileTimeUtc(time)
                : throw new FormatException("holds a value that is no number of 100 nanoseconds since 1601. Remove it from FileTimeAttributes.");
    }

    private sealed record UniqueId : AttributeSyntax
    {
        private const int Length = 16;

        public override Value Read(byte[] value) => value.Length == Length
            ? new Guid(value).ToString("D", CultureInfo.InvariantCulture)
            : throw new FormatException("holds a value that is no GUID of 16 bytes. Remove it from GuidAttributes.");
    }

    private sealed record SecurityId : AttributeSyntax
    {
        public override Value Read(byte[] value) => SecurityIdentifiers.TryFormat(value, out var text)
            ? text
            : throw new FormatException("holds a value that is no security identifier. Remove it from SidAttributes.");
    }
}

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
