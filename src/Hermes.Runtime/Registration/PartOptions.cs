using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Configuration;

namespace Hermes.Runtime.Registration;

/// <summary>Makes the options of a part that C# code configures, and checks them as those that a configuration holds.</summary>
public static class PartOptions
{
    /// <summary>Makes options, lets the code set them, and checks their data annotations.</summary>
    /// <param name="path">Where the part would stand in the section of its server or client, such as <c>Bus</c>; errors are reported under it.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public static TOptions Make<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string path, Action<TOptions> configure)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new TOptions();
        configure(options);
        var errors = new ConfigurationErrors(path);
        OptionsCheck.Add(options, path, errors);
        errors.ThrowIfAny();
        return options;
    }
}
