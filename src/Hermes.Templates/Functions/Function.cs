using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Functions;

/// <summary>A function of the language: <c>range(3)</c>.</summary>
internal abstract record Function(string Name)
{
    /// <summary>All functions of the language.</summary>
    public static IEnumerable<Function> All => [new RangeFunction(), new DictFunction(), new NowFunction(), new TimeDeltaFunction()];

    public abstract BoundOperation Bind(FunctionCall call, Func<Expression, Evaluator> compile);
}

/// <summary><c>range(stop)</c>, <c>range(start, stop)</c>, <c>range(start, stop, step)</c>: a list of integers.</summary>
internal sealed record RangeFunction() : Function("range")
{
    private static readonly Signature Parameters = ["start", Parameter.Optional("stop", Value.Null), Parameter.Optional("step", 1)];

    public override BoundOperation Bind(FunctionCall call, Func<Expression, Evaluator> compile) =>
        new(Apply, Parameters.Bind("The function 'range'", call.Arguments, call.Position, compile));

    private static Value Apply(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var first = Numbers.Integer(arguments[0], "A bound of 'range'");
        var (start, stop) = arguments[1].IsNull ? (0, first) : (first, Numbers.Integer(arguments[1], "A bound of 'range'"));
        var step = Numbers.Integer(arguments[2], "The step of 'range'");
        if (step == 0)
            throw new TemplateFault("The step of 'range' cannot be zero");

        var distance = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        var size = Int128.Abs(step);
        var count = distance <= 0 ? 0 : (distance + size - 1) / size;
        frame.AllocateItems((long)Int128.Min(count, long.MaxValue));
        var items = new Value[(int)count];
        for (var i = 0; i < items.Length; i++)
            items[i] = start + (i * step);
        return ValueList.Create(items);
    }
}

/// <summary><c>dict(a=1, b=2)</c>, also from a dictionary or a list of pairs: <c>dict(pairs, c=3)</c>.</summary>
internal sealed record DictFunction() : Function("dict")
{
    public override BoundOperation Bind(FunctionCall call, Func<Expression, Evaluator> compile)
    {
        if (call.Arguments.Positional.Length > 1)
            throw new TemplateFault("The function 'dict' takes one argument by position at most", call.Position);
        var names = call.Arguments.Named.Select(argument => argument.Name).ToArray();
        return new BoundOperation(
            (ref frame, _, arguments) =>
            {
                var pairs = new List<KeyValuePair<string, Value>>();
                if (arguments.Length > names.Length)
                    AddAll(ref frame, arguments[0], pairs);
                for (var i = 0; i < names.Length; i++)
                    pairs.Add(new(names[i], arguments[arguments.Length - names.Length + i]));
                frame.AllocatePairs(pairs.Count);
                return ValueMap.Create(pairs);
            },
            [.. call.Arguments.All.Select(compile)]);
    }

    private static void AddAll(ref Frame frame, Value source, List<KeyValuePair<string, Value>> pairs)
    {
        if (source.Kind == ValueKind.Map)
        {
            frame.AllocatePairs(source.AsMap().Count);
            pairs.AddRange(source.AsMap());
            return;
        }

        foreach (var item in Sequence.Of(ref frame, source))
        {
            var pair = Sequence.Of(ref frame, item);
            if (pair.Length != 2)
                throw new TemplateFault("'dict' needs a dictionary or a list of pairs");
            frame.AllocateItem();
            pairs.Add(new(MapKey.Of(pair[0]), pair[1]));
        }
    }
}
