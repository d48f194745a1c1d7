using System.Globalization;
using System.Numerics;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Filters that make or change numbers.</summary>
internal static class NumberFilters
{
    private static readonly string[] DecimalUnits = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    private static readonly string[] BinaryUnits = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

    public static IEnumerable<Filter> All =>
    [
        new("int", [Optional("default", 0), Optional("base", 10)], Integer),
        new("float", [Optional("default", 0.0)], Float),
        new("abs", [], static (ref _, input, _) => Absolute(input)),
        new("round", [Optional("precision", 0), Optional("method", "common")], Round),
        new("filesizeformat", [Optional("binary", false)], FileSize),
    ];

    private static Value Integer(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        switch (Kinds.Defined(input).Kind)
        {
            case ValueKind.Boolean or ValueKind.Integer:
                return Numbers.TryInteger(input)!.Value;
            case ValueKind.Double:
                return double.IsFinite(input.AsDouble()) ? Numbers.Truncate(input.AsDouble()) : arguments[0];
            case ValueKind.Decimal:
                return Numbers.Truncate(input.AsDecimal());
            case ValueKind.String:
                frame.AllocateBuilt(input.AsString().Length);
                return IntegerText.TryParse(ref frame, input.AsString(), Numbers.Integer(arguments[1], "The base"), out var integer) ? integer
                    : Numbers.TryParseFloat(input.AsString(), out var number) && double.IsFinite(number) ? Numbers.Truncate(number)
                    : arguments[0];
            default:
                return arguments[0];
        }
    }

    private static Value Float(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (Kinds.IsNumber(Kinds.Defined(input)))
            return Numbers.ToDouble(input);
        if (!input.TryGetString(out var text))
            return arguments[0];
        frame.AllocateBuilt(text.Length);
        return Numbers.TryParseFloat(text, out var number) ? number : arguments[0];
    }

    private static Value Absolute(Value input) => Kinds.Defined(input).Kind switch
    {
        ValueKind.Double => Math.Abs(input.AsDouble()),
        ValueKind.Decimal => Math.Abs(input.AsDecimal()),
        ValueKind.Boolean => Numbers.TryInteger(input)!.Value,
        ValueKind.Integer => input.AsInteger() != long.MinValue
            ? Math.Abs(input.AsInteger())
            : throw new TemplateFault("The absolute value does not fit 64 bits"),
        _ => throw new TemplateFault($"'abs' needs a number, not {Kinds.Describe(input)}"),
    };

    private static Value Round(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (!Kinds.IsNumber(Kinds.Defined(input)))
            throw new TemplateFault($"'round' needs a number, not {Kinds.Describe(input)}");
        var precision = (int)Math.Clamp(Numbers.Integer(arguments[0], "The precision"), -400, 1100);
        frame.AllocateText(DecimalDigits.Cost);
        return PythonText.Str(ref frame, arguments[1]) switch
        {
            "common" => Rounding.Nearest(input, precision),
            "ceil" => Rounding.Ceiling(input, precision),
            "floor" => Rounding.Floor(input, precision),
            _ => throw new TemplateFault("The method of 'round' must be 'common', 'ceil' or 'floor'"),
        };
    }

    private static Value FileSize(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var value = Float(ref frame, input, [Value.Null]);
        if (value.IsNull)
            throw new TemplateFault($"'filesizeformat' needs a number, not {Kinds.Describe(input)}");
        frame.AllocateText(DecimalDigits.Cost);
        var bytes = value.AsDouble();
        var isBinary = Truth.Of(arguments[0]);
        var step = isBinary ? 1024.0 : 1000.0;
        if (bytes == 1)
            return "1 Byte";
        if (!double.IsFinite(bytes))
            throw new TemplateFault("'filesizeformat' needs a finite number");
        if (bytes < step)
            return string.Create(CultureInfo.InvariantCulture, $"{new BigInteger(bytes)} Bytes");
        var units = isBinary ? BinaryUnits : DecimalUnits;
        var unit = step * step;
        var index = 0;
        while (index < units.Length - 1 && bytes >= unit)
        {
            unit *= step;
            index++;
        }

        return $"{DecimalDigits.Exactly(step * bytes / unit).RoundAt(1).Fixed(1)} {units[index]}";
    }
}
