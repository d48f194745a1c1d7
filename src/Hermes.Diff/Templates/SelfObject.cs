using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model;

namespace Hermes.Diff.Templates;

/// <summary>The entry that a constraint judges: one object that is filled anew for each entry.</summary>
internal sealed class SelfObject(DataType type) : TemplateObject
{
    public override string Description => $"an entry of {type.Name}";

    /// <summary>One value per attribute of the type.</summary>
    public Value[] Values { get; } = new Value[type.Attributes.Length];

    public override bool TryGetMember(string name, [MaybeNullWhen(false)] out Value value)
    {
        var index = type.IndexOf(name);
        value = index >= 0 && Values[index].IsSet ? Values[index] : Value.Undefined;
        return index >= 0;
    }

    public override bool? Contains(Value item) =>
        item.TryGetString(out var name) && type.IndexOf(name) is >= 0 and var index && Values[index].IsSet;

    /// <summary>Shows a cached entry; what is not cached is not set.</summary>
    public void Show(Entry entry)
    {
        for (var i = 0; i < Values.Length; i++)
            Values[i] = entry.Get(type.Attributes[i].Name);
    }
}
