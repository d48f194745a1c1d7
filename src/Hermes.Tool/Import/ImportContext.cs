using Hermes.Tool.Configuration;

namespace Hermes.Tool.Import;

/// <summary>What an import has gathered beside the configuration: what could not be taken over as it was, and the secrets that are kept elsewhere.</summary>
/// <param name="secretsFolder">The folder of the secrets, as the configuration names it.</param>
internal sealed class ImportContext(string secretsFolder)
{
    private readonly List<PythonSection> _sections = [];
    private readonly List<Finding> _notes = [];
    private readonly List<ImportedSecret> _secrets = [];

    /// <summary>The templates and their filters.</summary>
    public PythonTemplates Templates { get; } = new();

    /// <summary>The keys of the server's data types, as far as its file is among those that are imported.</summary>
    public Dictionary<string, IReadOnlyList<string>> ServerKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a source needs the driver of Oracle.</summary>
    public bool NeedsOracle { get; set; }

    /// <summary>The files of secrets that belong to the configuration.</summary>
    public IReadOnlyList<ImportedSecret> Secrets => _secrets;

    /// <summary>What has no counterpart, or another one, in the order of the files; and all settings that nobody knows.</summary>
    public IReadOnlyList<Finding> Notes()
    {
        var files = _sections.Select(section => section.Place.Source).Distinct().ToArray();
        foreach (var section in _sections.ToList())
            section.ReportUnknown();
        _sections.Clear();
        return [.. _notes.Distinct().OrderBy(note => Array.IndexOf(files, note.Place.Source)).ThenBy(note => note.Place.Line).ThenBy(note => note.Place.Column)];
    }

    /// <summary>Has a section looked through in the end for what nobody asked for.</summary>
    public void Watch(PythonSection section) => _sections.Add(section);

    /// <summary>Tells of something that is not taken over as it was.</summary>
    public void Note(SettingPlace place, string setting, string problem, string fix) => _notes.Add(new(place, setting, problem, fix) { IsWarning = true });

    /// <summary>A text that may be a template, if ours can be made of it.</summary>
    /// <returns>The text; null if there is none, or it is told why it is left out.</returns>
    public string? Usable(PythonSection section, string name, string? text)
    {
        if (text is null || Templates.Problem(text) is not { } problem)
            return text;
        section.Note(name, $"This template cannot be taken over: {problem}", "It is left out. Write it anew, as the page about templates says.");
        return null;
    }

    /// <summary>Keeps a secret in a file of its own.</summary>
    /// <param name="name">What the file is called.</param>
    /// <param name="text">The secret.</param>
    /// <returns>What stands in the configuration instead.</returns>
    public string Keep(string name, string text)
    {
        var (stem, end) = (Path.GetFileNameWithoutExtension(PlainName(name)), Path.GetExtension(PlainName(name)));
        var file = Path.Combine(secretsFolder, stem + end);
        for (var number = 2; _secrets.Exists(known => known.File == file && known.Text != text); number++)
            file = Path.Combine(secretsFolder, $"{stem}-{number}{end}");
        if (!_secrets.Exists(known => known.File == file))
            _secrets.Add(new(file, text));
        return $"${{file:{file}}}";
    }

    /// <summary>The name of a data type, of which ours take letters, digits and underscores.</summary>
    public static string TypeName(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string PlainName(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-'));
}

/// <summary>A secret that stood in the configuration of the original program.</summary>
/// <param name="File">The file that is to hold it.</param>
/// <param name="Text">The secret; never shown.</param>
internal sealed record ImportedSecret(string File, string Text)
{
    /// <summary>The file alone.</summary>
    public override string ToString() => File;
}
