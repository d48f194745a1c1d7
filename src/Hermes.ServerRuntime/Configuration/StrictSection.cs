using System.Globalization;
using Hermes.Abstractions.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>
/// A section of the configuration of which every setting must be asked for: what nobody asked for is unknown, and reported.
/// </summary>
internal sealed class StrictSection(IConfigurationSection section, ICollection<ConfigurationError> errors)
{
    private readonly SortedSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public string Path => section.Path;

    public bool Has(string name) => Child(name).Exists();

    public bool IsText(string name) => Child(name).Value is { Length: > 0 };

    public string? Text(string name)
    {
        var child = Child(name);
        if (child.GetChildren().Any())
            Report(child.Path, "A text is expected here, not a section or a list.", "Write a single text.");
        return child.Value;
    }

    public void Read(string name, Action<string> set)
    {
        if (Has(name) && Text(name) is { } text)
            set(text);
    }

    public void Flag(string name, Action<bool> set) => Parse(name, set, bool.TryParse, "Write true or false.");

    public void Integer(string name, Action<int> set) =>
        Parse(
            name,
            set,
            (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            "Write a whole number.");

    public void Number(string name, Action<double> set) =>
        Parse(
            name,
            set,
            (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value),
            "Write a number.");

    public void Duration(string name, Action<TimeSpan> set) =>
        Parse(
            name,
            set,
            (string text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value),
            "Write a time as hours:minutes:seconds, such as 00:05:00.");

    public void Choice<TEnum>(string name, Action<TEnum> set)
        where TEnum : struct, Enum =>
        Parse(
            name,
            set,
            (string text, out TEnum value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]),
            $"Write one of: {string.Join(", ", Enum.GetNames<TEnum>())}.");

    /// <summary>Texts written as a list, or as one text alone.</summary>
    public void Texts(string name, Action<string> add)
    {
        var child = Child(name);
        if (child.Value is { Length: > 0 } single)
            add(single);
        foreach (var item in child.GetChildren())
        {
            if (item.Value is { } text)
                add(text);
            else
                Report(item.Path, "A text is expected here, not a section.", "Write a list of texts.");
        }
    }

    /// <summary>A section, or nothing if it is not there.</summary>
    public void Section(string name, Action<StrictSection> read)
    {
        var child = Child(name);
        if (!child.Exists())
            return;
        if (child.Value is { Length: > 0 })
            Report(child.Path, "A section is expected here, not a single value.", "Write the settings as a section.");
        else
            ReadStrictly(child, read);
    }

    /// <summary>A list of sections.</summary>
    public void Items(string name, Action<StrictSection> read)
    {
        foreach (var item in Child(name).GetChildren())
            ReadStrictly(item, read);
    }

    /// <summary>Settings whose names are free.</summary>
    public IEnumerable<IConfigurationSection> Named(string name) => Child(name).GetChildren();

    public void ReadStrictly(IConfigurationSection child, Action<StrictSection> read)
    {
        var strict = new StrictSection(child, errors);
        read(strict);
        strict.ReportUnknown();
    }

    public void Report(string path, string problem, string fix) => errors.Add(new ConfigurationError(path, problem, fix));

    public void ReportUnknown()
    {
        foreach (var child in section.GetChildren().Where(child => !_known.Contains(child.Key)))
            Report(child.Path, "This setting is unknown.", $"Remove it, or use one of: {string.Join(", ", _known)}.");
    }

    private delegate bool Parser<T>(string text, out T value);

    private void Parse<T>(string name, Action<T> set, Parser<T> parse, string fix)
    {
        if (!Has(name) || Text(name) is not { } text)
            return;
        if (parse(text, out var value))
            set(value);
        else
            Report(Child(name).Path, "The value cannot be read.", fix);
    }

    private IConfigurationSection Child(string name)
    {
        _known.Add(name);
        return section.GetSection(name);
    }
}
