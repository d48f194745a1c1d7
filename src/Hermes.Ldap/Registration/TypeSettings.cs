using Hermes.Abstractions.Configuration;
using Hermes.Ldap.Directories;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Configuration;

namespace Hermes.Ldap.Registration;

/// <summary>Reads the options of a target together with those of its types, and reports everything that is wrong at once.</summary>
internal sealed class TypeSettings(PartSettings settings)
{
    private readonly List<ConfigurationError> _errors = [];

    /// <summary>Reads the settings of the target itself.</summary>
    public TOptions Target<TOptions>()
        where TOptions : class, new() => Read<TOptions>(settings);

    /// <summary>Reads a section that holds the settings of types by their names.</summary>
    public void Types<TOptions>(string section, IDictionary<string, TOptions> types)
        where TOptions : class, new()
    {
        types.Clear();
        foreach (var type in settings.Section.GetSection(section).GetChildren())
        {
            types[type.Key] = Read<TOptions>(settings with { Section = WithLists(type) });
        }
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public void ThrowIfWrong() => OptionsCheck.ThrowIfAny(_errors);

    // The binder reads lists only; a default with one value is written as that value.
    private static IConfigurationSection WithLists(IConfigurationSection type)
    {
        var maps = new[] { nameof(DirectoryEntryOptions.Defaults), nameof(DirectoryEntryOptions.LockAttributes) }
            .SelectMany(map => type.GetSection(map).GetChildren())
            .Select(attribute => attribute.Path)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var settings = type.AsEnumerable().Where(pair => pair.Value is not null)
            .Select(pair => maps.Contains(pair.Key) ? KeyValuePair.Create($"{pair.Key}:0", pair.Value) : pair);
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection(type.Path);
    }

    private TOptions Read<TOptions>(PartSettings part)
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
