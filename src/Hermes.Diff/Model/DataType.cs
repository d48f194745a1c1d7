using System.Collections.Frozen;
using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Encoding;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Model;

/// <summary>A data type of a server, checked and compiled.</summary>
internal sealed class DataType
{
    private readonly FrozenDictionary<string, int> _indexes;
    private readonly ITemplate? _display;

    internal DataType(
        string name,
        int index,
        ImmutableArray<string> key,
        ImmutableArray<TypeAttribute> attributes,
        ImmutableArray<TypeSource> sources,
        ITemplate? display)
    {
        Name = name;
        Index = index;
        Key = key;
        Attributes = attributes;
        Sources = sources;
        _display = display;
        _indexes = attributes.Select((attribute, i) => KeyValuePair.Create(attribute.Name, i)).ToFrozenDictionary(StringComparer.Ordinal);
        KeyIndexes = [.. key.Select(IndexOf)];
        SentAttributes = NamesOf(attribute => attribute.Role is AttributeRole.Sent or AttributeRole.Secret);
        SecretAttributes = NamesOf(attribute => attribute.Role == AttributeRole.Secret);
        Layout = new TypeLayout(attributes, key);
        foreach (var source in sources)
            source.BelongsTo(this);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The place in declaration order, from 0.</summary>
    public int Index { get; }

    /// <summary>The attributes of the key, in their order.</summary>
    public ImmutableArray<string> Key { get; }

    /// <summary>All attributes, in ordinal order of their names.</summary>
    public ImmutableArray<TypeAttribute> Attributes { get; }

    /// <summary>The names of the attributes that events carry, secret ones included, in ordinal order.</summary>
    public ImmutableArray<string> SentAttributes { get; }

    /// <summary>The names of the secret attributes that events carry, in ordinal order.</summary>
    public ImmutableArray<string> SecretAttributes { get; }

    /// <summary>The sources, in order.</summary>
    public ImmutableArray<TypeSource> Sources { get; }

    /// <summary>What happens when two sources contradict each other.</summary>
    public required MergeConflictPolicy OnMergeConflict { get; init; }

    /// <summary>Attribute to the parent it points to, in ordinal order.</summary>
    public required ImmutableSortedDictionary<string, ParentKey> ForeignKeys { get; init; }

    internal ImmutableArray<ITemplate> IntegrityConstraints { get; init; } = [];

    internal ImmutableArray<int> KeyIndexes { get; }

    internal TypeLayout Layout { get; }

    /// <summary>Whether the type has an attribute of this name.</summary>
    public bool Has(string attribute) => _indexes.ContainsKey(attribute);

    /// <summary>The key of an entry.</summary>
    /// <exception cref="ArgumentException">A part of the key is not set.</exception>
    public EntryKey KeyOf(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Key.Length == 1 ? EntryKey.Of(entry.Get(Key[0])) : EntryKey.Of([.. Key.Select(entry.Get)]);
    }

    /// <summary>How an entry shows in logs, status and mail. Secret attributes are never in it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">The entry; null if only the key is known.</param>
    public string Describe(EntryKey key, Entry? entry = null)
    {
        if (_display is not null && entry is not null)
        {
            try
            {
                return _display.Evaluate([.. _display.Variables.Select(name => Show(name, entry))]).ToString();
            }
            catch (TemplateException)
            {
                // A readable form that cannot be made must not stop what it was to describe: the default form follows.
            }
        }

        return $"<{Name}[{key}]>";
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The key of an entry given as values of all attributes.</summary>
    internal EntryKey KeyOf(ReadOnlySpan<Value> values)
    {
        if (KeyIndexes.Length == 1)
            return EntryKey.Of(values[KeyIndexes[0]]);
        var parts = new Value[KeyIndexes.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = values[KeyIndexes[i]];
        return EntryKey.Of((ReadOnlySpan<Value>)parts);
    }

    internal int IndexOf(string attribute) => _indexes.GetValueOrDefault(attribute, -1);

    private ImmutableArray<string> NamesOf(Func<TypeAttribute, bool> condition) =>
        [.. Attributes.Where(condition).Select(attribute => attribute.Name)];

    private Value Show(string name, Entry entry) => name == TemplateVariables.Self
        ? Value.From(new EntryObject("the entry", Entry.Create(entry.Where(attribute => IsShowable(attribute.Key))), Has))
        : IsShowable(name) && entry.TryGetValue(name, out var value) ? value : Value.Undefined;

    private bool IsShowable(string attribute) => IndexOf(attribute) is >= 0 and var index && !Attributes[index].IsSensitive;
}
