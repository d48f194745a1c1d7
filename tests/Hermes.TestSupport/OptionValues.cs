using System.Globalization;

namespace Hermes.TestSupport;

/// <summary>The settings of an options class that are one value each, and other values for them.</summary>
public static class OptionValues
{
    /// <summary>The names of the settings.</summary>
    public static IEnumerable<string> NamesOf(Type options) => options.GetProperties().Where(property => property.CanWrite).Select(property => property.Name);

    /// <summary>A value that a setting does not have, as a configuration has it.</summary>
    public static string Another(Type type, object? value) => value switch
    {
        null when type == typeof(string) => new string('k', 40),
        null when type == typeof(TimeSpan?) => "00:00:07",
        null when type == typeof(int?) => "7",
        bool isSet => isSet ? "false" : "true",
        int number => (number + 1).ToString(CultureInfo.InvariantCulture),
        double number => (number + 1).ToString(CultureInfo.InvariantCulture),
        TimeSpan time => (time + TimeSpan.FromSeconds(1)).ToString("c", CultureInfo.InvariantCulture),
        Enum => Enum.GetNames(type).First(name => name != value.ToString()),
        _ => throw new InvalidOperationException($"No value is known for a {type}."),
    };
}
