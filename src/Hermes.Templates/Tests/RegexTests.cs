using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Tests;

/// <summary>Tests with regular expressions, named and behaving as in Ansible.</summary>
internal static class RegexTests
{
    public static IEnumerable<Test> All =>
    [
        new("match", [Optional("pattern", ""), Optional("ignorecase", false), Optional("multiline", false)], static (ref frame, input, arguments) =>
            Holds(ref frame, input, arguments, "match")),
        new("search", [Optional("pattern", ""), Optional("ignorecase", false), Optional("multiline", false)], static (ref frame, input, arguments) =>
            Holds(ref frame, input, arguments, "search")),
        new(
            "regex",
            [Optional("pattern", ""), Optional("ignorecase", false), Optional("multiline", false), Optional("match_type", "search")],
            static (ref frame, input, arguments) => Holds(ref frame, input, arguments, PythonText.Str(ref frame, arguments[3]))),
    ];

    private static bool Holds(ref Frame frame, Value input, ReadOnlySpan<Value> arguments, string where)
    {
        var text = PythonText.Str(ref frame, input);
        var pattern = PythonText.Str(ref frame, arguments[0]);
        frame.AllocateBuilt(32 + pattern.Length);
        pattern = where switch
        {
            "search" => pattern,
            "match" => $"\\A(?:{pattern})",
            "fullmatch" => $"\\A(?:{pattern})\\Z",
            _ => throw new TemplateFault("The type of a match is 'search', 'match' or 'fullmatch'"),
        };
        PythonRegex.PayForSearch(ref frame, text);
        return PythonRegex.Of(ref frame, pattern, Truth.Of(arguments[1]), Truth.Of(arguments[2])).Match(ref frame, text).Success;
    }
}
