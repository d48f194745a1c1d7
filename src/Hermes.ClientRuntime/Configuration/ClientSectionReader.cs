using System.ComponentModel;
using System.Reflection;
using Hermes.Abstractions.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.ClientRuntime.Configuration;

/// <summary>
/// Reads the section of a client into its options. Unknown settings and values that cannot be read are errors, all reported at once.
/// </summary>
internal sealed class ClientSectionReader
{
    // Sections with readers of their own.
    private static readonly string[] Parts = ["Bus", "Target", "State"];

    private readonly List<ConfigurationError> _errors = [];

    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public static void Read(IConfigurationSection section, ClientOptions options)
    {
        var reader = new ClientSectionReader();
        reader.Check(section, typeof(ClientOptions), Parts);
        if (reader._errors.Count > 0)
            throw new HermesConfigurationException(reader._errors);
        section.Bind(options);
    }

    private void Check(IConfigurationSection section, Type type, IReadOnlyCollection<string> others)
    {
        var settings = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(
            property => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (settings.TryGetValue(child.Key, out var setting))
                CheckValue(child, setting.PropertyType);
            else if (!others.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                _errors.Add(new(child.Path, "This setting is unknown.", $"Remove it, or use one of: {Names(settings.Keys.Concat(others))}."));
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private void CheckValue(IConfigurationSection section, Type type)
    {
        if (type == typeof(IList<ClientTypeOptions>))
        {
            foreach (var item in section.GetChildren())
                Check(item, typeof(ClientTypeOptions), []);
            return;
        }

        if (section.Value is not { } text || type == typeof(string) || TypeDescriptor.GetConverter(type).IsValid(text))
            return;
        var fix = type.IsEnum ? $"Use one of: {string.Join(", ", Enum.GetNames(type))}."
            : type == typeof(TimeSpan) ? "Write a time as hours:minutes:seconds, such as 01:00:00."
            : $"Write a value of type {type.Name}.";
        _errors.Add(new(section.Path, "The value cannot be read.", fix));
    }
}
