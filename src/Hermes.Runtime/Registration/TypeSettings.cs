using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Configuration;

namespace Hermes.Runtime.Registration;

/// <summary>Reads the options of a target together with those of its types, and reports everything that is wrong at once.</summary>
internal sealed class TypeSettings(PartSettings settings)
{
    private const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    private readonly List<ConfigurationError> _errors = [];

    /// <summary>What is wrong in options of types that code has filled, by the names of the types.</summary>
    public static IEnumerable<ConfigurationError> Errors<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
        string path, IDictionary<string, TOptions> types)
        where TOptions : class => types.SelectMany(type => PartOptions.Errors($"{path}:{type.Key}", type.Value));

    /// <summary>Reads the settings of the target itself.</summary>
    public TOptions Target<[DynamicallyAccessedMembers(Needed)] TOptions>()
        where TOptions : class, new() => Read<TOptions>(settings);

    /// <summary>Reads a section that holds the settings of types by their names.</summary>
    public void Types<[DynamicallyAccessedMembers(Needed)] TOptions>(string section, IDictionary<string, TOptions> types)
        where TOptions : class, new()
    {
        types.Clear();
        foreach (var type in settings.Section.GetSection(section).GetChildren())
        {
            types[type.Key] = Read<TOptions>(settings with { Section = type });
        }
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public void ThrowIfWrong() => PartOptions.ThrowIfAny(_errors);

    private TOptions Read<[DynamicallyAccessedMembers(Needed)] TOptions>(PartSettings part)
        where TOptions : class, new()
    {
        try
        {
            return part.Read<TOptions>();
        }
        catch (HermesConfigurationException wrong)
        {
            _errors.AddRange(wrong.Errors);
            return new TOptions();
        }
    }
}
