using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Hermes.Runtime.Configuration;

/// <summary>
/// A section that stands for all that may be written there: <see cref="StrictSection"/> keeps in it what it was asked for. So what reads the settings also describes them, and
/// no description can differ from it.
/// </summary>
internal sealed class RecordingSection(string path, bool isEnd = false) : IConfigurationSection
{
    private readonly Dictionary<string, RecordingSection> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RecordingSection> _kinds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings, if this is a section.</summary>
    public IReadOnlyDictionary<string, RecordingSection> Settings => _settings;

    /// <summary>What else belongs to it, by its kind, if this is a part.</summary>
    public IReadOnlyDictionary<string, RecordingSection> Kinds => _kinds;

    /// <summary>The type of its value, if this is one.</summary>
    public Type? Type { get; set; }

    /// <summary>Whether a list of texts may be written, or one text alone.</summary>
    public bool IsTexts { get; set; }

    /// <summary>Each item, if this is a list.</summary>
    public RecordingSection? Each { get; private set; }

    /// <summary>What is below each name, if names are free here.</summary>
    public RecordingSection? Named { get; private set; }

    /// <inheritdoc/>
    public string Key => path[(path.LastIndexOf(':') + 1)..];

    /// <inheritdoc/>
    public string Path => path;

    /// <inheritdoc/>
    public string? Value
    {
        get => null;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public string? this[string key]
    {
        get => null;
        set => throw new NotSupportedException();
    }

    /// <summary>What is below a setting.</summary>
    public RecordingSection At(string name) => Below(_settings, name);

    /// <summary>What belongs to a part of a kind.</summary>
    public RecordingSection OfKind(string kind) => Below(_kinds, kind);

    /// <summary>Each item of a list.</summary>
    public RecordingSection AsItem() => Each ??= new RecordingSection($"{path}:0");

    /// <summary>What is below each free name.</summary>
    public RecordingSection AsNamed() => Named ??= new RecordingSection($"{path}:any");

    /// <inheritdoc/>
    public IConfigurationSection GetSection(string key) => At(key);

    /// <summary>Something that is there, so that the section is read; it holds nothing itself.</summary>
    public IEnumerable<IConfigurationSection> GetChildren() => isEnd ? [] : [new RecordingSection($"{path}:any", isEnd: true)];

    /// <inheritdoc/>
    public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

    private RecordingSection Below(Dictionary<string, RecordingSection> all, string name)
    {
        if (!all.TryGetValue(name, out var below))
            all[name] = below = new RecordingSection($"{path}:{name}");
        return below;
    }
}
