using System.Globalization;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Text;

/// <summary>
/// JSON as Jinja's <c>tojson</c> writes it: ASCII, keys in order, spaces behind commas and colons, and safe to stand in HTML. Written by
/// hand because the framework's writer has another layout, and no limit on its way.
/// </summary>
internal sealed class Json
{
    private readonly StringBuilder _result = new();
    private readonly string? _indent;

    private Json(string? indent) => _indent = indent;

    public static Value Write(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var indent = arguments[0].IsNull ? null
            : Padding.Apply(ref frame, "", Math.Max(0, Numbers.Integer(arguments[0], "The indent")), " ", Alignment.Left);
        var json = new Json(indent);
        json.Append(ref frame, Kinds.Defined(input), 0);
        return json._result.ToString();
    }

    private void Append(ref Frame frame, Value value, int depth)
    {
        frame.AllocateBuilt(8);
        switch (value.Kind)
        {
            case ValueKind.Null:
                _result.Append("null");
                break;
            case ValueKind.Boolean:
                _result.Append(value.AsBoolean() ? "true" : "false");
                break;
            case ValueKind.Integer:
                _result.Append(value.AsInteger());
                break;
            case ValueKind.Double:
                frame.AllocateText(300);
                _result.Append(Float(value.AsDouble()));
                break;
            case ValueKind.Decimal:
                frame.AllocateBuilt(60);
                _result.Append(value.AsDecimal().ToString(CultureInfo.InvariantCulture));
                break;
            case ValueKind.String:
                AppendText(ref frame, value.AsString());
                break;
            case ValueKind.List:
                AppendList(ref frame, value.AsList(), depth);
                break;
            case ValueKind.Map:
                AppendMap(ref frame, value.AsMap(), depth);
                break;
            default:
                throw new TemplateFault($"There is no JSON for {Kinds.Describe(Kinds.Defined(value))}: make a text of it first");
        }
    }

    private static string Float(double value) => double.IsNaN(value) ? "NaN"
        : double.IsInfinity(value) ? (value > 0 ? "Infinity" : "-Infinity")
        : FloatText.Shortest(value);

    private void AppendList(ref Frame frame, ValueList list, int depth)
    {
        frame.Enter();
        _result.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            Separate(ref frame, i == 0, depth + 1);
            Append(ref frame, list[i], depth + 1);
        }

        Close(ref frame, list.Count, depth, ']');
        frame.Leave();
    }

    private void AppendMap(ref Frame frame, ValueMap map, int depth)
    {
        frame.Enter();
        frame.AllocatePairs(map.Count);
        frame.Step(16L * map.Count);
        _result.Append('{');
        var isFirst = true;
        foreach (var (name, item) in map.OrderBy(pair => pair.Key, Comparer<string>.Create(CodePoints.Compare)))
        {
            Separate(ref frame, isFirst, depth + 1);
            isFirst = false;
            AppendText(ref frame, name);
            _result.Append(": ");
            Append(ref frame, item, depth + 1);
        }

        Close(ref frame, map.Count, depth, '}');
        frame.Leave();
    }

    private void Separate(ref Frame frame, bool isFirst, int depth)
    {
        if (!isFirst)
            _result.Append(_indent is null ? ", " : ",");
        NewLine(ref frame, depth);
    }

    private void Close(ref Frame frame, int count, int depth, char bracket)
    {
        if (count > 0)
            NewLine(ref frame, depth);
        _result.Append(bracket);
    }

    private void NewLine(ref Frame frame, int depth)
    {
        if (_indent is null)
            return;
        frame.AllocateBuilt(2L * _indent.Length * depth);
        _result.Append('\n').Append(Repetition.Of(_indent, depth));
    }

    private void AppendText(ref Frame frame, string text)
    {
        frame.AllocateBuilt((text.AsSpan().ContainsAnyExceptInRange(' ', '~') || text.AsSpan().ContainsAny("<>&'\"\\") ? 6L : 1L) * text.Length);
        _result.Append('"');
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' => _result.Append("\\\""),
                '\\' => _result.Append("\\\\"),
                '\n' => _result.Append("\\n"),
                '\r' => _result.Append("\\r"),
                '\t' => _result.Append("\\t"),
                '\b' => _result.Append("\\b"),
                '\f' => _result.Append("\\f"),
                '<' or '>' or '&' or '\'' or < ' ' or > '~' => _result.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => _result.Append(letter),
            };
        }

        _result.Append('"');
    }
}
