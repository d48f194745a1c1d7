using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Templates;

/// <summary>
/// Something a template may look into that is not a plain value: an entry under construction, the set of a type's keys, all entries of a type.
/// It shows what it overrides and nothing else: templates never use reflection.
/// </summary>
public abstract class TemplateObject
{
    /// <summary>What this is, for error messages, such as <c>the keys of Users</c>.</summary>
    public abstract string Description { get; }

    /// <summary>How many items this has, if it has items.</summary>
    public virtual int? Count => null;

    /// <summary>The items for iteration, if it has items.</summary>
    public virtual IEnumerable<Value>? Items => null;

    /// <summary>Whether the object knows a member of this name, as in <c>a.name</c> or <c>a['name']</c>; its value is undefined if it is not set.</summary>
    public virtual bool TryGetMember(string name, [MaybeNullWhen(false)] out Value value)
    {
        value = default;
        return false;
    }

    /// <summary>Whether an item is in this object, as in <c>x in a</c>; null if the question makes no sense for it.</summary>
    public virtual bool? Contains(Value item) => null;

    /// <inheritdoc/>
    public sealed override string ToString() => $"<{Description}>";
}
