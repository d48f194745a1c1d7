using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hermes.Runtime.Configuration;

namespace Hermes.Tool.Http;

/// <summary>Reads the certificate of a host: PEM files, or one of PKCS #12.</summary>
internal static class ServerCertificate
{
    /// <summary>Reads it, and reports what is wrong.</summary>
    public static X509Certificate2? Read(StrictSection section)
    {
        string? path = null, keyPath = null, password = null;
        section.Text("Path", text => path = text);
        section.Text("KeyPath", text => keyPath = text);
        section.Text("Password", text => password = text);
        if (string.IsNullOrEmpty(path))
        {
            section.Report($"{section.Section.Path}:Path", "The file of the certificate is missing.", "Set Path to a file: PEM with its KeyPath, or PKCS #12 (.pfx, .p12).");
            return null;
        }

        foreach (var (name, file) in new[] { ("Path", path), ("KeyPath", keyPath) })
        {
            if (file is null || File.Exists(file))
                continue;
            section.Report($"{section.Section.Path}:{name}", $"There is no file {file}.", "Correct the path; the account that runs hermes must be allowed to read it.");
            return null;
        }

        try
        {
            return keyPath is null ? X509CertificateLoader.LoadPkcs12FromFile(path, password) : OfPem(path, keyPath, password);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            section.Report(
                $"{section.Section.Path}:Path",
                $"The certificate cannot be read: {SecretText.Clean(exception.Message)}",
                "Name a PEM file and its KeyPath, or a file of PKCS #12; Password opens the key if it has one. The account that runs hermes must be allowed to read them.");
            return null;
        }
    }

    private static X509Certificate2 OfPem(string path, string keyPath, string? password)
    {
        var certificate = password is null ? X509Certificate2.CreateFromPemFile(path, keyPath) : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        if (!OperatingSystem.IsWindows())
            return certificate;

        // Windows uses no key for TLS that is in memory only.
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
