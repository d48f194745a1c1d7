using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Hermes.Templates.Text;

/// <summary>
/// A regular expression of Python in the words of .NET. Groups with names become groups with numbers, because .NET counts those with names behind all
/// others.
/// </summary>
internal sealed class PythonPattern
{
    private readonly string _source;
    private readonly StringBuilder _text;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _next;
    private int _groups;

    private PythonPattern(string source) => (_source, _text) = (source, new StringBuilder(source.Length));

    /// <summary>The expression and the numbers of its named groups.</summary>
    /// <exception cref="ArgumentException">The name of a group is given twice, or is not known, or is never closed.</exception>
    public static (string Text, FrozenDictionary<string, int> Names) Translate(string source)
    {
        var pattern = new PythonPattern(source);
        while (pattern._next < source.Length)
            pattern.Element(source.AsSpan(pattern._next));
        return (pattern._text.ToString(), pattern._names.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private void Element(ReadOnlySpan<char> rest)
    {
        switch (rest[0])
        {
            case '\\' when rest.Length > 1:
                Write(rest[1] == 'Z' ? "\\z" : rest[..2], 2);
                break;
            case '[':
                Class();
                break;
            case '(':
                Group(rest);
                break;
            case '{' when rest.StartsWith("{,"):
                Write("{0,", 2);
                break;
            default:
                Write(rest[..1], 1);
                break;
        }
    }

    /// <summary>A bracket within a class stands for itself; in .NET it would begin a class to subtract.</summary>
    private void Class()
    {
        var start = _next;
        Write("[", 1);
        if (_next < _source.Length && _source[_next] == '^')
            Write("^", 1);
        for (var isFirst = true; _next < _source.Length; isFirst = false)
        {
            var rest = _source.AsSpan(_next);
            if (rest[0] == ']' && !isFirst)
            {
                Write("]", 1);
                return;
            }

            if (rest[0] == '\\' && rest.Length > 1)
                Write(rest[..2], 2);
            else
                Write(rest[0] == '[' ? "\\[" : rest[..1], 1);
        }

        throw new ArgumentException($"The class at {start} is never closed.");
    }

    private void Group(ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith("(?"))
        {
            _groups++;
            Write("(", 1);
        }
        else if (rest.StartsWith("(?#"))
        {
            Name(3, ')');
        }
        else if (rest.StartsWith("(?P="))
        {
            Append($"(?:\\{_names[Known(Name(4, ')'))]})");
        }
        else if (rest.StartsWith("(?P<") || (rest.StartsWith("(?<") && rest.Length > 3 && rest[3] is not ('=' or '!')))
        {
            if (!_names.TryAdd(Name(rest[2] == 'P' ? 4 : 3, '>'), ++_groups))
                throw new ArgumentException("Two groups have the same name.");
            Append($"(");
        }
        else if (rest.StartsWith("(?(") && rest.Length > 3 && (char.IsLetter(rest[3]) || rest[3] == '_'))
        {
            Append($"(?({_names[Known(Name(3, ')'))]})");
        }
        else
        {
            Write("(?", 2);
        }
    }

    /// <summary>What stands up to a closing mark; moves behind it.</summary>
    private string Name(int start, char closing)
    {
        var end = _source.IndexOf(closing, _next + start);
        if (end < 0)
            throw new ArgumentException("A group is never closed.");
        var name = _source[(_next + start)..end];
        _next = end + 1;
        return name;
    }

    private string Known(string name) => _names.ContainsKey(name) ? name : throw new ArgumentException("There is no such group.");

    private void Append(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture));

    private void Write(ReadOnlySpan<char> text, int length)
    {
        _text.Append(text);
        _next += length;
    }
}
