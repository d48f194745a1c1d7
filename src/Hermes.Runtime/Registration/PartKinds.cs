using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Configuration;

namespace Hermes.Runtime.Registration;

/// <summary>The kinds of a part that a configuration may name.</summary>
internal sealed class PartKinds<T>
    where T : class
{
    private readonly Dictionary<string, Func<PartSettings, T>> _kinds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether no kind is known.</summary>
    public bool IsEmpty => _kinds.Count == 0;

    /// <summary>The names of the kinds, for messages.</summary>
    public string Names => IsEmpty ? "(none is registered)" : string.Join(", ", _kinds.Keys.Order(StringComparer.Ordinal));

    public void Add(string kind, Func<PartSettings, T> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        _kinds[kind] = create ?? throw new ArgumentNullException(nameof(create));
    }

    /// <summary>Finds the kind that a section names, or says what is wrong with it.</summary>
    public Func<PartSettings, T>? Find(StrictSection section)
    {
        if (section.Section is RecordingSection recording)
            return part => throw Record(part, recording);
        var path = $"{section.Section.Path}:Kind";
        if (section.Section.Value is { Length: > 0 })
        {
            section.Report(section.Section.Path, "A section is expected here, not a single value.", $"Write the settings as a section, with a Kind that is one of: {Names}.");
            return null;
        }

        if (section.Section["Kind"] is not { Length: > 0 } kind)
        {
            section.Report(path, "The kind is missing.", $"Set one of: {Names}.");
            return null;
        }

        if (_kinds.TryGetValue(kind, out var create))
            return create;
        var names = IsEmpty ? Names : NearName.List(kind, _kinds.Keys);
        section.Report(path, $"The kind '{kind}' is unknown.", $"Set one of: {names}; or add the package that has it.");
        return null;
    }

    // Each kind reads its settings, and cannot be made of what stands for all of them.
    private HermesConfigurationException Record(PartSettings part, RecordingSection recording)
    {
        foreach (var (kind, create) in _kinds)
        {
            try
            {
                create(part with { Section = recording.OfKind(kind) });
            }
            catch (Exception)
            {
                // What is missing in it is no mistake of anybody.
            }
        }

        return new HermesConfigurationException(recording.Path, "This only tells what might stand here.", "Run it with a configuration.");
    }
}
