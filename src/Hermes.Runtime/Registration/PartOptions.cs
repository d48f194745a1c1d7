using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions.Configuration;

namespace Hermes.Runtime.Registration;

/// <summary>Makes the options of a part that C# code configures, and checks them as those that a configuration holds.</summary>
public static class PartOptions
{
    /// <summary>Makes options, lets the code set them, and checks their data annotations.</summary>
    /// <param name="path">Where the part would stand in a configuration; errors are reported under it.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public static TOptions Make<TOptions>(string path, Action<TOptions> configure)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new TOptions();
        configure(options);
        return Errors(options, path) is { Count: > 0 } errors ? throw new HermesConfigurationException(errors) : options;
    }

    internal static List<ConfigurationError> Errors(object options, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return
        [
            .. results.Select(result => new ConfigurationError(
                string.Join(", ", result.MemberNames.Select(member => $"{path}:{member}").DefaultIfEmpty(path)),
                result.ErrorMessage ?? "The value is not valid.",
                "Correct the value.")),
        ];
    }
}
