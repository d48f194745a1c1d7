using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Functions;

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
