namespace Hermes.Abstractions.Configuration;

/// <summary>A configuration cannot be used. Holds all that is wrong in it, not only the first thing found.</summary>
public sealed class HermesConfigurationException : Exception
{
    /// <summary>Makes an exception of all errors found.</summary>
    public HermesConfigurationException(IReadOnlyList<ConfigurationError> errors)
        : base(Describe(errors)) => Errors = errors;

    /// <summary>Makes an exception of one error.</summary>
    public HermesConfigurationException(string path, string problem, string fix)
        : this([new ConfigurationError(path, problem, fix)])
    {
    }

    /// <summary>The errors, in the order of the configuration.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }

    private static string Describe(IReadOnlyList<ConfigurationError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var heading = errors.Count == 1 ? "The configuration has an error:" : $"The configuration has {errors.Count} errors:";
        return string.Join(Environment.NewLine, errors.Select(error => "  - " + error).Prepend(heading));
    }
}
