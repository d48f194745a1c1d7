using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Functions;

/// <summary><c>now()</c>, <c>now(utc=true)</c>: the date and time of the engine's clock, local unless UTC is asked for; with <c>fmt</c> a text.</summary>
internal sealed record NowFunction() : Function("now")
{
    private static readonly Signature Parameters = [Optional("utc", false), Optional("fmt", Value.Null)];

    public override BoundOperation Bind(FunctionCall call, Func<Expression, Evaluator> compile) =>
        new(Apply, Parameters.Bind("The function 'now'", call.Arguments, call.Position, compile));

    private static Value Apply(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var time = Truth.Of(arguments[0]) ? frame.Time.GetUtcNow().DateTime : frame.Time.GetLocalNow().DateTime;
        return arguments[1].IsNull ? time : DateTimeFormat.Apply(ref frame, time, PythonText.Str(ref frame, arguments[1]));
    }
}

/// <summary><c>timedelta(days=30)</c>: a span of time, to add to a date or to take from it.</summary>
internal sealed record TimeDeltaFunction() : Function("timedelta")
{
    private static readonly (string Name, long Ticks)[] Units =
    [
        ("days", TimeSpan.TicksPerDay), ("seconds", TimeSpan.TicksPerSecond), ("microseconds", TimeSpan.TicksPerMicrosecond),
        ("milliseconds", TimeSpan.TicksPerMillisecond), ("minutes", TimeSpan.TicksPerMinute), ("hours", TimeSpan.TicksPerHour),
        ("weeks", 7 * TimeSpan.TicksPerDay),
    ];

    private static readonly Signature Parameters = Signature.Create([.. Units.Select(unit => Optional(unit.Name, 0))]);

    public override BoundOperation Bind(FunctionCall call, Func<Expression, Evaluator> compile) =>
        new(Apply, Parameters.Bind("The function 'timedelta'", call.Arguments, call.Position, compile));

    private static Value Apply(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        Value sum = Value.From(new TimeDelta(TimeSpan.Zero));
        for (var i = 0; i < Units.Length; i++)
        {
            if (!Kinds.IsNumber(Kinds.Defined(arguments[i])))
                throw new TemplateFault($"The {Units[i].Name} of 'timedelta' must be a number, not {Kinds.Describe(arguments[i])}");
            var unit = Value.From(new TimeDelta(TimeSpan.FromTicks(Units[i].Ticks)));
            sum = Add(ref frame, sum, TimeArithmetic.TryApply(BinaryOperator.Multiply, ref frame, unit, arguments[i])!.Value);
        }

        return sum;
    }

    private static Value Add(ref Frame frame, Value left, Value right) => TimeArithmetic.TryApply(BinaryOperator.Add, ref frame, left, right)!.Value;
}
