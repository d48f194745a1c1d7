using System.ComponentModel;
using System.Reflection;
using Hermes.Abstractions.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.Runtime.Registration;

/// <summary>Reads the flat settings of a part into an options object and reports everything that is wrong at once.</summary>
internal static class SettingsReader
{
    /// <summary>The setting that chose the part, and so belongs to none of the options.</summary>
    private const string Kind = "Kind";

    public static TOptions Read<TOptions>(IConfigurationSection section)
        where TOptions : class, new()
    {
        var errors = new List<ConfigurationError>();
        var properties = typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite || property.GetValue(new TOptions()) is System.Collections.IEnumerable)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

        foreach (var child in section.GetChildren())
        {
            if (properties.TryGetValue(child.Key, out var property))
                CheckValue(child, property.PropertyType, errors);
            else if (!child.Key.Equals(Kind, StringComparison.OrdinalIgnoreCase))
                errors.Add(new(child.Path, "This setting is unknown.", $"Remove it, or use one of: {string.Join(", ", properties.Keys.Order(StringComparer.Ordinal))}."));
        }

        if (errors.Count == 0)
        {
            var options = section.Get<TOptions>() ?? new TOptions();
            errors = PartOptions.Errors(options, section.Path);
            if (errors.Count == 0)
                return options;
        }

        throw new HermesConfigurationException(errors);
    }

    private static void CheckValue(IConfigurationSection child, Type type, List<ConfigurationError> errors)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (child.Value is not { Length: > 0 } text || CanRead(target, text))
            return;
        var fix = target.IsEnum ? $"Use one of: {string.Join(", ", Enum.GetNames(target))}." : $"Write a value of type {target.Name}.";
        errors.Add(new(child.Path, "The value cannot be read.", fix));
    }

    private static bool CanRead(Type target, string text)
    {
        if (target.IsEnum)
            return Enum.TryParse(target, text, ignoreCase: true, out _);
        var converter = TypeDescriptor.GetConverter(target);
        return !converter.CanConvertFrom(typeof(string)) || converter.IsValid(text);
    }
}
