using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
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

/// <summary>
/// Reads the settings of a part into the properties of its options: texts, numbers, durations and choices, lists of texts, and
/// dictionaries of these. A property of another type is a section that the part reads itself.
/// </summary>
internal static class FlatOptions
{
    /// <summary>The setting that chose the part, and so belongs to none of the options.</summary>
    private const string Kind = "Kind";

    private const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    /// <summary>Reads options and checks their data annotations; what is wrong is added to the errors.</summary>
    public static TOptions Read<[DynamicallyAccessedMembers(Needed)] TOptions>(IConfigurationSection section, ConfigurationErrors errors)
        where TOptions : class, new()
    {
        var options = new TOptions();
        var before = errors.Count;
        StrictSection.Read(section, errors, strict =>
        {
            foreach (var property in typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
                Read(strict, property, options);
            strict.Ignore(Kind);
        });
        if (errors.Count == before)
            OptionsCheck.Add(options, section.Path, errors);
        return options;
    }

    private static void Read(StrictSection section, PropertyInfo property, object options)
    {
        var (name, type) = (property.Name, property.PropertyType);
        if (SettingText.IsSimple(type))
        {
            if (property.CanWrite && section.Value(name, type) is { } value)
                property.SetValue(options, value);
        }
        else if (property.GetValue(options) is IList list && type.IsAssignableFrom(typeof(List<string>)))
        {
            section.Texts(name, text => list.Add(text));
        }
        else if (property.GetValue(options) is IDictionary map && type.GenericTypeArguments is [_, var element])
        {
            if (element == typeof(IList<string>))
                section.NamedLists(name, (key, texts) => map[key] = texts);
            else if (SettingText.IsSimple(element))
                section.NamedValues(name, element, (key, value) => map[key] = value);
            else
                section.Other(name);
        }
        else if (property.CanWrite || property.GetValue(options) is IEnumerable)
        {
            section.Other(name);
        }
    }
}
