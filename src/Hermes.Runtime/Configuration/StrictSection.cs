using Microsoft.Extensions.Configuration;

namespace Hermes.Runtime.Configuration;

/// <summary>
/// A section of the configuration of which every setting must be asked for: what nobody asked for is unknown, and reported. So is every
/// value that cannot be read, each with its path.
/// </summary>
internal sealed class StrictSection(IConfigurationSection section, ConfigurationErrors errors)
{
    private readonly SortedSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly RecordingSection? _recording = section as RecordingSection;
    private string? _ignored;

    public IConfigurationSection Section => section;

    /// <summary>Reads a section to its end, and reports what of it is unknown.</summary>
    public static void Read(IConfigurationSection section, ConfigurationErrors errors, Action<StrictSection> read)
    {
        var strict = new StrictSection(section, errors);
        read(strict);
        if (strict._recording is null)
            strict.ReportUnknown();
    }

    /// <summary>Whether a setting is there.</summary>
    public bool Has(string name) => Child(name).Exists();

    /// <summary>Whether a setting is a text, not a section or a list.</summary>
    public bool IsText(string name)
    {
        if (_recording is not null)
            _recording.At(name).Type ??= typeof(string);
        return Child(name).Value is { Length: > 0 };
    }

    /// <summary>Declares a setting that someone else reads.</summary>
    /// <returns>Its section, or null if it is not there.</returns>
    public IConfigurationSection? Other(string name) => Has(name) ? Child(name) : null;

    /// <summary>Lets a setting stand that is not worth naming among those to choose from.</summary>
    public void Ignore(string name) => _ignored = name;

    public void Text(string name, Action<string> set)
    {
        if (_recording is not null)
            _recording.At(name).Type ??= typeof(string);
        if (TextOf(name) is { } text)
            set(text);
    }

    /// <summary>A flag, number, duration or choice.</summary>
    public void Value<T>(string name, Action<T> set)
        where T : struct
    {
        if (Value(name, typeof(T)) is T value)
            set(value);
    }

    /// <summary>A text, flag, number, duration or choice.</summary>
    /// <returns>The value; null if it is not there, or cannot be read and is reported.</returns>
    public object? Value(string name, Type type)
    {
        if (_recording is not null)
            _recording.At(name).Type = type;
        return TextOf(name) is { } text ? Parse(Child(name).Path, text, type) : null;
    }

    /// <summary>Texts written as a list, or as one text alone.</summary>
    public void Texts(string name, Action<string> add) => Texts(Child(name), add);

    /// <inheritdoc cref="Texts(string, Action{string})"/>
    public void Texts(IConfigurationSection child, Action<string> add)
    {
        if (child is RecordingSection recorded)
        {
            recorded.IsTexts = true;
            return;
        }

        if (child.Value is { Length: > 0 } single)
            add(single);
        foreach (var item in child.GetChildren())
        {
            if (TextOf(item) is { } text)
                add(text);
        }
    }

    /// <summary>A section, or nothing if it is not there.</summary>
    public void Nested(string name, Action<StrictSection> read)
    {
        var child = Child(name);
        if (!child.Exists())
            return;
        if (child.Value is { Length: > 0 })
            errors.Add(child.Path, "A section is expected here, not a single value.", "Write the settings as a section.");
        else
            Read(child, errors, read);
    }

    /// <summary>A list of sections.</summary>
    public void Items(string name, Action<StrictSection> read)
    {
        if (_recording is not null)
        {
            Read(_recording.At(name).AsItem(), errors, read);
            return;
        }

        var items = Children(name).ToList();
        if (items.TrueForAll(IsNumbered))
            items.ForEach(item => Read(item, errors, read));
        else
            errors.Add(Child(name).Path, "A list is expected here, not settings by name.", "Write a list: in YAML, begin each item with a dash; in JSON, put them in brackets.");
    }

    /// <summary>Sections whose names are free.</summary>
    public void NamedItems(string name, Action<string, StrictSection> read)
    {
        foreach (var item in Named(name))
            Read(item, errors, strict => read(item.Key, strict));
    }

    /// <summary>Settings whose names are free.</summary>
    public IEnumerable<IConfigurationSection> Named(string name)
    {
        if (_recording is not null)
            return [_recording.At(name).AsNamed()];
        var children = Children(name).ToList();
        if (children.Count == 0 || !children.TrueForAll(IsNumbered))
            return children;
        errors.Add(Child(name).Path, "Names are expected here, not a list.", "Write a name for each, and what belongs to it after the colon or below.");
        return [];
    }

    /// <summary>Texts whose names are free.</summary>
    public void NamedTexts(string name, Action<string, string> set)
    {
        foreach (var child in Named(name))
        {
            Record(child, typeof(string));
            if (TextOf(child) is { } text)
                set(child.Key, text);
        }
    }

    /// <summary>Values whose names are free.</summary>
    public void NamedValues(string name, Type type, Action<string, object> set)
    {
        foreach (var child in Named(name))
        {
            Record(child, type);
            if (TextOf(child) is { } text && Parse(child.Path, text, type) is { } value)
                set(child.Key, value);
        }
    }

    /// <summary>Lists of texts whose names are free.</summary>
    public void NamedLists(string name, Action<string, IList<string>> set)
    {
        foreach (var child in Named(name))
        {
            var texts = new List<string>();
            Texts(child, texts.Add);
            set(child.Key, texts);
        }
    }

    public void Report(string path, string problem, string fix) => errors.Add(path, problem, fix);

    private static void Record(IConfigurationSection child, Type type)
    {
        if (child is RecordingSection recorded)
            recorded.Type = type;
    }

    private static bool IsNumbered(IConfigurationSection child) => child.Key.All(char.IsAsciiDigit);

    private IEnumerable<IConfigurationSection> Children(string name)
    {
        var child = Child(name);
        if (child.Value is { Length: > 0 })
            errors.Add(child.Path, "A section or a list is expected here, not a single value.", "Write the settings as a section or a list.");
        return child.GetChildren();
    }

    private void ReportUnknown()
    {
        foreach (var child in section.GetChildren().Where(child => !_known.Contains(child.Key) && !child.Key.Equals(_ignored, StringComparison.OrdinalIgnoreCase)))
        {
            var names = string.Join(", ", _known);
            var fix = NearName.Of(child.Key, _known) is { } near ? $"Did you mean {near}? Remove it, or use one of: {names}." : $"Remove it, or use one of: {names}.";
            errors.Add(child.Path, "This setting is unknown.", fix);
        }
    }

    private object? Parse(string path, string text, Type type)
    {
        var value = SettingText.Parse(type, text);
        if (value is null)
            errors.Add(path, text.Length == 0 ? "The value is empty." : "The value cannot be read.", SettingText.Fix(type));
        return value;
    }

    private string? TextOf(string name) => TextOf(Child(name));

    private string? TextOf(IConfigurationSection child)
    {
        if (child is RecordingSection)
            return null;
        if (child.GetChildren().Any())
        {
            errors.Add(child.Path, "A text is expected here, not a section or a list.", "Write a single text.");
            return null;
        }

        return child.Value;
    }

    private IConfigurationSection Child(string name)
    {
        _known.Add(name);
        return section.GetSection(name);
    }
}
