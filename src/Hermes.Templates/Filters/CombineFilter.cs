using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary><c>combine(other, ...)</c>: dictionaries as one; what stands further behind counts. As in Ansible, with <c>recursive</c> and <c>list_merge</c>.</summary>
internal sealed class CombineFilter : IFilter
{
    private static readonly Signature Parameters = [Optional("recursive", false), Optional("list_merge", "replace")];

    public string Name => "combine";

    public BoundOperation Bind(CallArguments arguments, int position, ExpressionCompiler compiler)
    {
        var options = Parameters.Bind("The filter 'combine'", arguments with { Positional = [] }, position, compiler.Compile);
        return new BoundOperation(Apply, [.. options, .. arguments.Positional.Select(compiler.Compile)]);
    }

    private static Value Apply(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var recursive = Truth.Of(arguments[0]);
        var lists = PythonText.Str(ref frame, arguments[1]);
        if (lists is not ("replace" or "keep" or "append" or "prepend" or "append_rp" or "prepend_rp"))
            throw new TemplateFault("'list_merge' is 'replace', 'keep', 'append', 'prepend', 'append_rp' or 'prepend_rp'");
        var maps = new List<ValueMap>();
        Collect(ref frame, input, maps);
        foreach (var other in arguments[2..])
            Collect(ref frame, other, maps);

        // From behind, as Ansible does: with lists that are joined it makes a difference.
        var result = maps.Count == 0 ? ValueMap.Empty : maps[^1];
        for (var i = maps.Count - 2; i >= 0; i--)
            result = Merge(ref frame, maps[i], result, recursive, lists);
        return result;
    }

    /// <summary>A dictionary, or a list of them.</summary>
    private static void Collect(ref Frame frame, Value value, List<ValueMap> maps)
    {
        ReadOnlySpan<Value> items = value.Kind == ValueKind.List ? value.AsList().AsSpan() : [value];
        foreach (var item in items)
        {
            frame.AllocateItem();
            maps.Add(Kinds.Defined(item).Kind == ValueKind.Map ? item.AsMap() : throw new TemplateFault($"'combine' needs dictionaries, not {Kinds.Describe(item)}"));
        }
    }

    private static ValueMap Merge(ref Frame frame, ValueMap low, ValueMap high, bool recursive, string lists)
    {
        frame.Enter();
        frame.AllocatePairs((long)low.Count + high.Count);
        var pairs = new List<KeyValuePair<string, Value>>(low.Count + high.Count);
        foreach (var (name, value) in low)
            pairs.Add(new(name, high.TryGetValue(name, out var other) ? Merge(ref frame, value, other, recursive, lists) : value));
        foreach (var pair in high)
        {
            if (!low.ContainsKey(pair.Key))
                pairs.Add(pair);
        }

        frame.Leave();
        return ValueMap.Create(pairs);
    }

    private static Value Merge(ref Frame frame, Value low, Value high, bool recursive, string lists) => (low.Kind, high.Kind) switch
    {
        (ValueKind.Map, ValueKind.Map) when recursive => Merge(ref frame, low.AsMap(), high.AsMap(), recursive, lists),
        (ValueKind.List, ValueKind.List) => lists switch
        {
            "keep" => low,
            "append" => Joined(ref frame, low, high),
            "prepend" => Joined(ref frame, high, low),
            "append_rp" => Joined(ref frame, Without(ref frame, low, high), high),
            "prepend_rp" => Joined(ref frame, high, Without(ref frame, low, high)),
            _ => high,
        },
        _ => high,
    };

    private static Value Joined(ref Frame frame, Value first, Value second) => Arithmetic.Add(ref frame, first, new ReadOnlySpan<Value>(in second));

    private static Value Without(ref Frame frame, Value list, Value excluded)
    {
        var items = list.AsList().AsSpan();
        frame.AllocateItems(items.Length);
        var kept = new Value[items.Length];
        var count = 0;
        foreach (var item in items)
        {
            if (!Membership.Contains(ref frame, excluded, item))
                kept[count++] = item;
        }

        return ValueList.Create(kept.AsSpan(0, count));
    }
}
