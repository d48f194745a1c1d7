using System.Globalization;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Text;

/// <summary>How values look as text: as <c>str()</c> and <c>repr()</c> of Python show them.</summary>
internal static class PythonText
{
    /// <exception cref="TemplateFault">The value is undefined, or its text would be too large.</exception>
    public static string Str(ref Frame frame, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                return value.AsString();
            case ValueKind.Decimal:
                frame.AllocateText(40);
                return value.AsDecimal().ToString(CultureInfo.InvariantCulture);
            case ValueKind.DateTime:
                return DateTimeText(ref frame, value.AsDateTime(), ' ');
            case ValueKind.List or ValueKind.Map or ValueKind.Bytes:
                var result = new StringBuilder();
                AppendRepr(ref frame, value, result);
                return result.ToString();
            case ValueKind.Undefined:
                throw TemplateFault.UndefinedValue();
            default:
                return Scalar(ref frame, value);
        }
    }

    /// <summary>A value as one would write it in an expression: texts in quotes.</summary>
    /// <exception cref="TemplateFault">The value is undefined, or its text would be too large.</exception>
    public static string Repr(ref Frame frame, Value value)
    {
        var result = new StringBuilder();
        AppendRepr(ref frame, value, result);
        return result.ToString();
    }

    public static string DateTimeText(ref Frame frame, DateTime value, char separator)
    {
        frame.AllocateText(200);
        var fraction = value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        var seconds = value.ToString($"yyyy-MM-dd'{separator}'HH:mm:ss", CultureInfo.InvariantCulture);
        return fraction == 0 ? seconds : $"{seconds}.{fraction:D6}";
    }

    private static void AppendRepr(ref Frame frame, Value value, StringBuilder result)
    {
        frame.AllocateBuilt(4);
        switch (value.Kind)
        {
            case ValueKind.String:
                frame.AllocateBuilt(QuotedText.Length(value.AsString()));
                QuotedText.Append(value.AsString(), result);
                break;
            case ValueKind.Bytes:
                frame.AllocateBuilt(4L * value.AsBytes().Length);
                QuotedText.Append(value.AsBytes().Span, result);
                break;
            case ValueKind.List:
                AppendList(ref frame, value.AsList(), result);
                break;
            case ValueKind.Map:
                AppendMap(ref frame, value.AsMap(), result);
                break;
            case ValueKind.Decimal:
                frame.AllocateBuilt(50);
                result.Append(CultureInfo.InvariantCulture, $"Decimal('{value.AsDecimal()}')");
                break;
            case ValueKind.DateTime:
                frame.AllocateBuilt(200);
                var time = value.AsDateTime();
                var micros = time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
                var seconds = time.Second == 0 && micros == 0 ? "" : $", {time.Second}" + (micros == 0 ? "" : $", {micros}");
                var day = $"{time.Year}, {time.Month}, {time.Day}";
                result.Append(CultureInfo.InvariantCulture, $"datetime.datetime({day}, {time.Hour}, {time.Minute}{seconds})");
                break;
            case ValueKind.Undefined:
                result.Append("Undefined");
                break;
            default:
                result.Append(Scalar(ref frame, value));
                break;
        }
    }

    private static string Scalar(ref Frame frame, Value value)
    {
        frame.AllocateText(value.Kind is ValueKind.Double or ValueKind.Object ? 300 : 20);
        return value.Kind switch
        {
            ValueKind.Null => "None",
            ValueKind.Boolean => value.AsBoolean() ? "True" : "False",
            ValueKind.Integer => value.AsInteger().ToString(CultureInfo.InvariantCulture),
            ValueKind.Double => FloatText.Shortest(value.AsDouble()),
            _ => TimeDelta.Of(value)?.Text() ?? value.AsObject().ToString(),
        };
    }

    private static void AppendList(ref Frame frame, ValueList list, StringBuilder result)
    {
        frame.Enter();
        result.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
                result.Append(", ");
            AppendRepr(ref frame, list[i], result);
        }

        result.Append(']');
        frame.Leave();
    }

    private static void AppendMap(ref Frame frame, ValueMap map, StringBuilder result)
    {
        frame.Enter();
        frame.WalkPairs();
        result.Append('{');
        var isFirst = true;
        foreach (var (name, item) in map)
        {
            if (!isFirst)
                result.Append(", ");
            isFirst = false;
            AppendRepr(ref frame, name, result);
            result.Append(": ");
            AppendRepr(ref frame, item, result);
        }

        result.Append('}');
        frame.Leave();
    }
}
