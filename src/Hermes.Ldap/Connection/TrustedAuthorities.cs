using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Hermes.Ldap.Connection;

/// <summary>
/// A private folder with the certificates of a file, each under the name by which OpenSSL looks it up (as <c>openssl rehash</c> makes it): the only
/// way to give the LDAP library authorities for one connection instead of the whole process.
/// </summary>
internal sealed class TrustedAuthorities : IDisposable
{
    private TrustedAuthorities(string folder, X509Certificate2Collection certificates) => (Folder, Certificates) = (folder, certificates);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The certificates in it.</summary>
    public X509Certificate2Collection Certificates { get; }

    /// <summary>Reads a file of PEM certificates.</summary>
    /// <exception cref="LdapRequestException">The file cannot be read, or holds no certificate.</exception>
    public static TrustedAuthorities Load(string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new LdapRequestException(
                ResultCodes.ConnectError,
                FaultKind.Permanent,
                $"The file of trusted certificates '{file}' (CaCertificateFile) cannot be read: {exception.Message}",
                exception);
        }

        if (certificates.Count == 0)
        {
            throw new LdapRequestException(
                ResultCodes.ConnectError,
                FaultKind.Permanent,
                $"The file of trusted certificates '{file}' (CaCertificateFile) holds no certificate in PEM form.");
        }

        var folder = Directory.CreateTempSubdirectory("hermes-ca-").FullName;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var certificate in certificates)
        {
            var hash = SubjectHash(certificate.SubjectName);
            var number = seen[hash] = seen.GetValueOrDefault(hash, -1) + 1;
            File.WriteAllText(Path.Combine(folder, $"{hash}.{number}"), certificate.ExportCertificatePem());
        }

        return new(folder, certificates);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        foreach (var certificate in Certificates)
            certificate.Dispose();
    }

    /// <summary>The hash of a subject as OpenSSL's <c>X509_NAME_hash</c> computes it: over the canonical form, the first four bytes of SHA-1, reversed.</summary>
    internal static string SubjectHash(X500DistinguishedName subject)
    {
        var canonical = new AsnWriter(AsnEncodingRules.DER);
        var names = new AsnReader(subject.RawData, AsnEncodingRules.BER).ReadSequence();
        while (names.HasData)
        {
            var set = names.ReadSetOf();
            using (canonical.PushSetOf())
            {
                while (set.HasData)
                    WriteCanonical(set.ReadSequence(), canonical);
            }
        }

        var digest = SHA1.HashData(canonical.Encode());
        return $"{digest[3]:x2}{digest[2]:x2}{digest[1]:x2}{digest[0]:x2}";
    }

    private static void WriteCanonical(AsnReader attribute, AsnWriter canonical)
    {
        using (canonical.PushSequence())
        {
            canonical.WriteObjectIdentifier(attribute.ReadObjectIdentifier());
            var tag = attribute.PeekTag();
            if (tag.TagClass == TagClass.Universal
                && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
                    or UniversalTagNumber.T61String or UniversalTagNumber.BMPString or UniversalTagNumber.VisibleString)
            {
                var text = attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue);
                canonical.WriteCharacterString(UniversalTagNumber.UTF8String, Canonical(text));
            }
            else
            {
                canonical.WriteEncodedValue(attribute.ReadEncodedValue().Span);
            }
        }
    }

    // ASCII letters in lower case, runs of blanks as one, none at the ends.
    private static string Canonical(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var blank = c is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';
            if (!blank)
                result.Append(char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }

        return result.ToString().TrimEnd(' ');
    }
}
