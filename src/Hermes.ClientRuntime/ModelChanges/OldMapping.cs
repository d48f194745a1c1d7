using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>The attributes of a local type whose mapping is another now, as they were computed before.</summary>
internal sealed class OldMapping
{
    private readonly ImmutableArray<AttributeMapping> _mappings;

    /// <param name="known">The local type before the change.</param>
    /// <param name="changed">The local attributes whose mapping changed.</param>
    /// <param name="remote">The remote type. What is computed from a secret attribute of it is in no view, and not computed here.</param>
    /// <param name="templates">Compiles the templates of before.</param>
    /// <exception cref="TemplateException">A template of before can no longer be compiled.</exception>
    public OldMapping(TypeSnapshot known, IReadOnlySet<string> changed, TypeSchema remote, ITemplateEngine templates) => _mappings =
    [
        .. known.Mapping
            .Where(mapping => changed.Contains(mapping.Key))
            .Select(mapping => AttributeMapping.Create(mapping.Key, mapping.Value, templates))
            .Where(mapping => !mapping.Variables.Any(remote.SecretAttributes.Contains)),
    ];

    /// <summary>
    /// An entry as the target may have it, after events whose outcome is not known. An attribute to which they gave another value than it is to have now is taken to
    /// have that value, so that the target is told of it in any case.
    /// </summary>
    /// <param name="applied">The entry as the state has it.</param>
    /// <param name="contents">What the remote entry became in these events.</param>
    /// <param name="after">What the local entry is to be now.</param>
    public EntryView MayHave(EntryView applied, IEnumerable<Entry> contents, Entry after)
    {
        var changes = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var content in contents)
        {
            foreach (var mapping in _mappings)
            {
                if (TryEvaluate(mapping, content) is { } value && value != after.Get(mapping.Local))
                    changes[mapping.Local] = value;
            }
        }

        return changes.Count == 0 ? applied : applied with { Entry = Entry.Create(applied.Entry.Where(attribute => !changes.ContainsKey(attribute.Key)).Concat(changes)) };
    }

    private static Value? TryEvaluate(AttributeMapping mapping, Entry content)
    {
        try
        {
            return mapping.Evaluate(content);
        }
        catch (TemplateException)
        {
            // An event that could not be converted never reached the target.
            return null;
        }
    }
}
