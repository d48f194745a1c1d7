using System.Globalization;

namespace Hermes.Runtime.Configuration;

/// <summary>Turns the text of a setting into a value. Independent of the language of the machine.</summary>
internal static class SettingText
{
    /// <summary>Reads a text as a value of a type.</summary>
    /// <returns>The value; null if the text is none.</returns>
    public static object? Parse(Type type, string text)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(string))
            return text;
        if (target.IsEnum)
            return ParseEnum(target, text);
        return Type.GetTypeCode(target) switch
        {
            TypeCode.Boolean => bool.TryParse(text, out var flag) ? flag : null,
            TypeCode.Char => text.Length == 1 ? text[0] : null,
            TypeCode.Int16 => Number<short>(text),
            TypeCode.Int32 => Number<int>(text),
            TypeCode.Int64 => Number<long>(text),
            TypeCode.Double => Number<double>(text),
            _ when target == typeof(TimeSpan) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null,
            _ => null,
        };
    }

    /// <summary>Whether <see cref="Parse"/> knows values of a type.</summary>
    public static bool IsSimple(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return target == typeof(string) || target == typeof(TimeSpan) || target.IsEnum || Type.GetTypeCode(target)
            is TypeCode.Boolean or TypeCode.Char or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 or TypeCode.Double;
    }

    /// <summary>What to write for a value of a type.</summary>
    public static string Fix(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target.IsEnum)
            return $"Use one of: {string.Join(", ", Enum.GetNames(target))}.";
        return Type.GetTypeCode(target) switch
        {
            TypeCode.Boolean => "Write true or false.",
            TypeCode.Char => "Write a single character.",
            TypeCode.Int16 => $"Write a whole number from {short.MinValue} to {short.MaxValue}.",
            TypeCode.Int32 or TypeCode.Int64 => "Write a whole number.",
            TypeCode.Double => "Write a number.",
            _ => "Write a time as hours:minutes:seconds, such as 00:05:00.",
        };
    }

    private static object? Number<T>(string text)
        where T : struct, IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Names only: a number would depend on the order in which they are declared.
    private static object? ParseEnum(Type type, string text) =>
        Enum.GetNames(type).FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known ? Enum.Parse(type, known) : null;
}
