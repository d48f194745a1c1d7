using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Configuration;

namespace Hermes.Runtime.Registration;

/// <summary>Makes the options of a part that C# code configures, and checks them as those that a configuration holds. Safe where programs are trimmed.</summary>
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
        ThrowIfAny(Errors(path, options));
        return options;
    }

    /// <summary>What is wrong with options by their data annotations.</summary>
    /// <param name="path">Where they would stand in the section of the server or client.</param>
    /// <param name="options">The options.</param>
    public static IReadOnlyList<ConfigurationError> Errors<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
        string path, TOptions options)
        where TOptions : class
    {
        var errors = new ConfigurationErrors(path);
        OptionsCheck.Add(options, path, errors);
        return errors;
    }

    /// <summary>Refuses options in which something is wrong.</summary>
    /// <exception cref="HermesConfigurationException">Something is; holds all of it.</exception>
    public static void ThrowIfAny(IReadOnlyCollection<ConfigurationError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (errors.Count > 0)
            throw new HermesConfigurationException([.. errors]);
    }

    /// <summary>Checks the data annotations of options that the constructor of a part is given.</summary>
    /// <exception cref="ValidationException">A setting is missing or wrong.</exception>
    public static void Require<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(TOptions options)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(options);
        if (OptionsCheck.Results(options) is not [var first, ..])
            return;
        throw new ValidationException(
            first.ErrorMessage == OptionsCheck.Missing ? new ValidationResult($"The setting {string.Join(", ", first.MemberNames)} is missing.", first.MemberNames) : first,
            validatingAttribute: null,
            options);
    }
}
