using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions.Configuration;

namespace Hermes.Ldap.Registration;

/// <summary>Checks options that code has filled, as those from a configuration are.</summary>
internal static class OptionsCheck
{
    /// <summary>What is wrong in options.</summary>
    public static IEnumerable<ConfigurationError> Errors(string path, object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => new ConfigurationError(
            string.Join(", ", result.MemberNames.Select(member => $"{path}:{member}").DefaultIfEmpty(path)),
            result.ErrorMessage ?? "The value is not valid.",
            "Correct the value."));
    }

    /// <summary>What is wrong in options of types, by the names of the types.</summary>
    public static IEnumerable<ConfigurationError> Errors<TOptions>(string path, IDictionary<string, TOptions> types)
        where TOptions : class => types.SelectMany(type => Errors($"{path}:{type.Key}", type.Value));

    /// <summary>Refuses options in which something is wrong.</summary>
    /// <exception cref="HermesConfigurationException">Something is; holds all of it.</exception>
    public static void ThrowIfAny(IEnumerable<ConfigurationError> errors)
    {
        ConfigurationError[] all = [.. errors];
        if (all.Length > 0)
            throw new HermesConfigurationException(all);
    }
}
