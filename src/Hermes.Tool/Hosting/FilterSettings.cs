using Hermes.Runtime.Configuration;
using Hermes.Templates.AttributeFilters;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Tool.Hosting;

/// <summary>What templates have beyond their language: the hashes that <c>ldapPasswordHash</c> makes, and the keys of <c>crypto_RSA_OAEP</c>.</summary>
internal sealed class FilterSettings
{
    /// <summary>The name of the section.</summary>
    public const string Name = "Filters";

    private readonly List<string> _passwordHashes = [];
    private readonly Dictionary<string, RsaKey> _keys = new(StringComparer.Ordinal);

    /// <summary>Reads the section, and reports all that is wrong with it.</summary>
    public static FilterSettings Read(StrictSection section, ConfigurationErrors errors)
    {
        var settings = new FilterSettings();
        section.Texts("PasswordHashes", settings._passwordHashes.Add);
        if (settings._passwordHashes.Count > 0 && errors.Try($"{section.Section.Path}:PasswordHashes", () => new LdapPasswordHashFilter(settings._passwordHashes)) is null)
            settings._passwordHashes.Clear();
        section.NamedItems("RsaKeys", (name, key) => settings.ReadKey(name, key, errors));
        return settings;
    }

    /// <summary>Makes the filters known to templates.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddHermesFilters();
        if (_passwordHashes.Count > 0)
            services.AddHermesPasswordHashFilter(_passwordHashes);
        if (_keys.Count > 0)
            services.AddHermesRsaFilter(_keys);
    }

    private void ReadKey(string name, StrictSection section, ConfigurationErrors errors)
    {
        var (pem, hash) = ("", "");
        section.Text("Key", text => pem = text);
        section.Text("Hash", text => hash = text);
        if (section.Section is RecordingSection)
            return;
        errors.Require(pem.Length > 0, $"{section.Section.Path}:Key", "There is no key.", "Write Key: ${file:/path/key.pem}, a private key to decrypt or a public one to encrypt.");
        errors.Require(hash.Length > 0, $"{section.Section.Path}:Hash", "There is no hash function.", "Set Hash, such as SHA3-512: the same for both keys of a pair.");
        if (pem.Length > 0 && hash.Length > 0 && errors.Try(section.Section.Path, () => new RsaKey(pem, hash)) is { } key)
            _keys[name] = key;
    }
}
