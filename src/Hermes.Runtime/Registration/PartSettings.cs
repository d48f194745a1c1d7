using Hermes.Abstractions.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.Runtime.Registration;

/// <summary>What a part (a source, a bus, a target) is made from when the configuration names its kind.</summary>
/// <param name="Services">The services of the host.</param>
/// <param name="Name">The name of the source; for a bus or target the name of its server or client.</param>
/// <param name="Section">The part's section of the configuration; its <c>Kind</c> chose the factory.</param>
public sealed record PartSettings(IServiceProvider Services, string Name, IConfigurationSection Section)
{
    /// <summary>
    /// Reads the section into the part's options. Every unknown setting, every value of the wrong type and every violated data annotation is reported.
    /// </summary>
    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it, each with its path.</exception>
    public TOptions Read<TOptions>()
        where TOptions : class, new() => SettingsReader.Read<TOptions>(Section);
}
