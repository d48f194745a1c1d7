using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model.Options;

namespace Hermes.Diff.Mapping;

/// <summary>How one attribute is computed of a row: one of the classes below.</summary>
/// <param name="target">The attribute, as an index into those of the type.</param>
internal abstract class AttributeMapping(int target)
{
    public int Target { get; } = target;

    /// <summary>The remote attributes that it reads, as indexes into those of the source.</summary>
    public abstract IEnumerable<int> Remotes { get; }

    /// <summary>Whether it reads the cached entry.</summary>
    public virtual bool NeedsCachedEntry => false;

    /// <summary>The text of the template, if it is one.</summary>
    public virtual string? Template => null;

    public abstract Value Compute(in MappedRow row);
}

/// <summary>The value of a remote attribute.</summary>
/// <param name="target">The attribute.</param>
/// <param name="remote">The remote attribute, as an index into those of the source.</param>
internal sealed class ColumnMapping(int target, int remote) : AttributeMapping(target)
{
    public override IEnumerable<int> Remotes => [remote];

    public override Value Compute(in MappedRow row) => row[remote];
}

/// <summary>The set values of several remote attributes, as a list.</summary>
/// <param name="target">The attribute.</param>
/// <param name="remotes">The remote attributes, as indexes into those of the source.</param>
internal sealed class CombinedMapping(int target, int[] remotes) : AttributeMapping(target)
{
    public override IEnumerable<int> Remotes => remotes;

    public override Value Compute(in MappedRow row)
    {
        var items = new List<Value>(remotes.Length);
        foreach (var remote in remotes)
        {
            if (row[remote] is { IsSet: true } value)
                items.Add(value);
        }

        return ValueList.Create(items);
    }
}

/// <summary>An expression over remote attributes.</summary>
/// <param name="target">The attribute.</param>
/// <param name="template">The expression.</param>
/// <param name="arguments">Per variable the remote attribute, or <see cref="CachedEntry"/>.</param>
internal sealed class TemplateMapping(int target, ITemplate template, int[] arguments) : AttributeMapping(target)
{
    public const int CachedEntry = -1;

    public override IEnumerable<int> Remotes => arguments.Where(argument => argument != CachedEntry);

    public override bool NeedsCachedEntry { get; } = arguments.Contains(CachedEntry);

    public override string Template => template.Text;

    public override Value Compute(in MappedRow row)
    {
        var values = row.Scratch.AsSpan(0, arguments.Length);
        for (var i = 0; i < values.Length; i++)
        {
            // A column without a value is none, as templates of the original program expect.
            var value = arguments[i] == CachedEntry ? row.Cached : row[arguments[i]];
            values[i] = value.IsSet ? value : Value.Null;
        }

        return template.Evaluate(values);
    }
}

/// <summary>A function over remote attributes.</summary>
/// <param name="target">The attribute.</param>
/// <param name="function">The function.</param>
/// <param name="arguments">Its arguments, as indexes into the remote attributes of the source.</param>
internal sealed class DelegateMapping(int target, AttributeFunction function, int[] arguments) : AttributeMapping(target)
{
    public override IEnumerable<int> Remotes => arguments;

    public override Value Compute(in MappedRow row)
    {
        var values = row.Scratch.AsSpan(0, arguments.Length);
        for (var i = 0; i < values.Length; i++)
            values[i] = row[arguments[i]];
        return function(values);
    }
}

/// <summary>A row while it is mapped.</summary>
internal readonly ref struct MappedRow
{
    /// <summary>The values as the source returned them.</summary>
    public required ReadOnlySpan<Value> Values { get; init; }

    /// <summary>Per remote attribute of the source its position in the row.</summary>
    public required ReadOnlySpan<int> Slots { get; init; }

    /// <summary>Room for the arguments of one mapping.</summary>
    public required Value[] Scratch { get; init; }

    /// <summary>The cached entry, if a mapping needs it.</summary>
    public required Value Cached { get; init; }

    public Value this[int remote] => Values[Slots[remote]];
}
