using System.Security.Cryptography;
using Hermes.Templates.AttributeFilters;

namespace Hermes.Tool.Import;

/// <summary>The plugins of attributes: what templates can do beyond their language.</summary>
internal sealed class FilterImport(ImportContext context, ImportedSection filters)
{
    private readonly ImportedSection _keys = new();
    private IReadOnlyList<string>? _hashes;

    /// <summary>Reads <c>hermes.plugins.attributes</c>.</summary>
    public void Read(PythonSection attributes)
    {
        foreach (var (name, plugin) in attributes.Sections())
        {
            var settings = plugin.Section("settings");
            switch (name)
            {
                case "ldapPasswordHash":
                    ReadHashes(settings);
                    break;
                case "crypto_RSA_OAEP":
                    foreach (var (key, section) in settings.Section("keys").Sections())
                        ReadKey(key, section);
                    break;
                case "regex_search":
                    // A filter of our language.
                    break;
                default:
                    attributes.Note(
                        name, "There is no counterpart of this plugin.", "Write a filter of your own in C# (IAttributeFilter), or do without it in the templates that use it.");
                    break;
            }
        }

        filters.Set("RsaKeys", _keys);
    }

    private void ReadHashes(PythonSection settings)
    {
        var types = settings.Texts("default_hash_types");
        if (_hashes is not null && !_hashes.SequenceEqual(types))
        {
            settings.Note(
                "default_hash_types",
                "A host has one list of hashes for all its servers and clients.",
                "That of the first file is taken. A template can name its own: ldapPasswordHash('SSHA512').");
        }
        else
        {
            filters.Set("PasswordHashes", _hashes = types);
        }
    }

    private void ReadKey(string name, PythonSection section)
    {
        var (hash, pem) = (section.Text("hash") ?? "", section.Text("rsa_key") ?? "");
        try
        {
            _ = new RsaKey(pem, hash);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            context.Templates.LostKeys.Add(name);
            var wrong = hash.Contains("224", StringComparison.Ordinal) ? "hash" : "rsa_key";
            section.Note(wrong, exception.Message.Split(" (")[0], "Make a new pair of keys with SHA3-512, for all that encrypt and decrypt.");
            return;
        }

        _keys.Set(name, new ImportedSection().Refer("Key", context.Keep($"rsa-{name}.pem", pem)).Set("Hash", hash.Replace('_', '-')));
    }
}
