using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Diff.Templates;

/// <summary>An entry as templates see it: its attributes are members. An attribute of the type that is not set is undefined.</summary>
/// <param name="description">What it is, for messages of errors.</param>
/// <param name="entry">The entry.</param>
/// <param name="isKnown">Whether the type has an attribute of this name; null to let every name be known.</param>
internal sealed class EntryObject(string description, Entry entry, Func<string, bool>? isKnown = null) : TemplateObject
{
    /// <inheritdoc/>
    public override string Description { get; } = description;

    /// <inheritdoc/>
    public override int? Count => entry.Count;

    /// <inheritdoc/>
    public override IEnumerable<Value> Items => entry.Keys.Select(name => (Value)name);

    /// <summary>The entry as a map.</summary>
    public ValueMap ToMap() => ValueMap.Create(entry);

    /// <inheritdoc/>
    public override bool TryGetMember(string name, [MaybeNullWhen(false)] out Value value)
    {
        if (entry.TryGetValue(name, out value))
            return true;
        value = Value.Undefined;
        return isKnown?.Invoke(name) ?? true;
    }

    /// <inheritdoc/>
    public override bool? Contains(Value item) => item.TryGetString(out var name) && entry.ContainsKey(name);
}
