using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.Runtime.Registration;

/// <summary>What a part (a source, a bus, a target) is made from when the configuration names its kind.</summary>
/// <param name="Services">The services of the host.</param>
/// <param name="Name">The name of the source; for a bus or target the name of its server or client.</param>
/// <param name="Section">The part's section of the configuration; its <c>Kind</c> chose the factory.</param>
public sealed record PartSettings(IServiceProvider Services, string Name, IConfigurationSection Section)
{
    /// <summary>
    /// Reads the section into the part's options: texts, numbers, times, choices, lists of texts and dictionaries of these. Every unknown
    /// setting, every value of the wrong type and every violated data annotation is reported. A property of another type is left to the part.
    /// </summary>
    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it, each with its path.</exception>
    public TOptions Read<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>()
        where TOptions : class, new()
    {
        var errors = new ConfigurationErrors(Section.Path);
        var options = FlatOptions.Read<TOptions>(Section, errors);
        errors.ThrowIfAny();
        return options;
    }
}
