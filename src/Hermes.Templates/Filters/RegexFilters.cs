using System.Text;
using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Filters with regular expressions, named and behaving as in Ansible.</summary>
internal static class RegexFilters
{
    public static IEnumerable<IFilter> All =>
    [
        new RegexSearchFilter(),
        new Filter("regex_findall", ["regex", Optional("multiline", false), Optional("ignorecase", false)], FindAll),
        new Filter(
            "regex_replace",
            [
                Optional("pattern", ""), Optional("replacement", ""), Optional("ignorecase", false), Optional("multiline", false), Optional("count", 0),
                Optional("mandatory_count", 0),
            ],
            Replace),
        new Filter("regex_escape", [], Escape),
    ];

    /// <summary>The matches; where the expression has groups, those of each match.</summary>
    private static Value FindAll(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var text = PythonText.Str(ref frame, input);
        var regex = PythonRegex.Of(ref frame, PythonText.Str(ref frame, arguments[0]), Truth.Of(arguments[2]), Truth.Of(arguments[1]));
        PythonRegex.PayForSearch(ref frame, text);
        var result = new List<Value>();
        for (var match = regex.Match(ref frame, text); match is { Success: true }; match = regex.Next(ref frame, text, match))
        {
            frame.AllocateItem();
            result.Add(regex.GroupCount <= 1 ? TextOf(ref frame, match, regex.GroupCount) : Groups(ref frame, match, regex.GroupCount));
        }

        return ValueList.Create(result);
    }

    private static Value Groups(ref Frame frame, Match match, int count)
    {
        frame.AllocateItems(count);
        var groups = new Value[count];
        for (var i = 0; i < groups.Length; i++)
            groups[i] = TextOf(ref frame, match, i + 1);
        return ValueList.Create(groups);
    }

    /// <summary>A group that took no part is the empty text.</summary>
    private static Value TextOf(ref Frame frame, Match match, int group)
    {
        frame.AllocateText(match.Groups[group].Length);
        return match.Groups[group].Value;
    }

    private static Value Replace(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var text = PythonText.Str(ref frame, input);
        var regex = PythonRegex.Of(ref frame, PythonText.Str(ref frame, arguments[0]), Truth.Of(arguments[2]), Truth.Of(arguments[3]));
        var replacement = new RegexReplacement(ref frame, PythonText.Str(ref frame, arguments[1]), regex);
        var (most, mandatory) = (Numbers.Integer(arguments[4], "The count"), Numbers.Integer(arguments[5], "The mandatory count"));
        PythonRegex.PayForSearch(ref frame, text);
        frame.AllocateBuilt(32 + text.Length);
        var result = new StringBuilder();
        var (count, position) = (0L, 0);
        for (var match = regex.Match(ref frame, text); match is { Success: true }; match = regex.Next(ref frame, text, match))
        {
            result.Append(text, position, match.Index - position);
            replacement.Append(ref frame, match, result);
            position = match.Index + match.Length;
            if (++count == most)
                break;
        }

        if (mandatory != 0 && mandatory != count)
            throw new TemplateFault($"The regular expression matches {count} times, not the {mandatory} times asked for");
        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>As Python's <c>re.escape</c>.</summary>
    private static Value Escape(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var text = PythonText.Str(ref frame, input);
        frame.AllocateBuilt(32 + (2L * text.Length));
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '(' or ')' or '[' or ']' or '{' or '}' or '?' or '*' or '+' or '-' or '|' or '^' or '$' or '\\' or '.' or '&' or '~' or '#'
                or ' ' or '\t' or '\n' or '\r' or '\v' or '\f')
                result.Append('\\');
            result.Append(letter);
        }

        return result.ToString();
    }
}

/// <summary>
/// <c>regex_search(expression)</c>: the first match, or none. With groups behind the expression (<c>'\\1'</c>, <c>'\\g&lt;name&gt;'</c>): the list of those.
/// </summary>
internal sealed class RegexSearchFilter : IFilter
{
    private static readonly Signature Parameters = ["regex", Optional("ignorecase", false), Optional("multiline", false)];

    public string Name => "regex_search";

    public BoundOperation Bind(CallArguments arguments, int position, ExpressionCompiler compiler)
    {
        var groups = arguments.Positional.Skip(1).Select(compiler.Compile).ToArray();
        var bound = Parameters.Bind("The filter 'regex_search'", arguments with { Positional = [.. arguments.Positional.Take(1)] }, position, compiler.Compile);
        return new BoundOperation(Apply, [.. bound, .. groups]);
    }

    private static Value Apply(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var text = PythonText.Str(ref frame, input);
        var regex = PythonRegex.Of(ref frame, PythonText.Str(ref frame, arguments[0]), Truth.Of(arguments[1]), Truth.Of(arguments[2]));
        var groups = arguments[3..];
        var numbers = new int[groups.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Number(PythonText.Str(ref frame, groups[i]), regex);

        PythonRegex.PayForSearch(ref frame, text);
        var match = regex.Match(ref frame, text);
        if (!match.Success)
            return Value.Null;
        frame.AllocateText(match.Length);
        if (groups.IsEmpty)
            return match.Value;
        frame.AllocateItems(numbers.Length);
        var values = new Value[numbers.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var group = match.Groups[numbers[i]];
            frame.AllocateText(group.Length);
            values[i] = group.Success ? group.Value : Value.Null;
        }

        return ValueList.Create(values);
    }

    private static int Number(string group, PythonRegex regex) =>
        group.StartsWith("\\g<", StringComparison.Ordinal) && group.EndsWith('>') ? regex.Group(group.AsSpan(3, group.Length - 4))
        : group.Length > 1 && group[0] == '\\' ? regex.Group(group.AsSpan(1))
        : throw new TemplateFault("A group of 'regex_search' is written as '\\\\1' or '\\\\g<name>'");
}
