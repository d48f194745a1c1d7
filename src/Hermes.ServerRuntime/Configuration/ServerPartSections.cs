using Microsoft.Extensions.Configuration;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>The sections of the configuration from which the parts of a server are made.</summary>
internal sealed class ServerPartSections
{
    public IConfigurationSection? State { get; set; }

    public IConfigurationSection? Bus { get; set; }

    public Dictionary<string, IConfigurationSection> Sources { get; } = new(StringComparer.Ordinal);
}
