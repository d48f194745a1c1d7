using Microsoft.Extensions.Configuration;

namespace Hermes.ClientRuntime.Configuration;

/// <summary>The sections of the configuration from which the parts of a client are made.</summary>
internal sealed class ClientPartSections
{
    public IConfigurationSection? State { get; set; }

    public IConfigurationSection? Bus { get; set; }

    public IConfigurationSection? Target { get; set; }
}
