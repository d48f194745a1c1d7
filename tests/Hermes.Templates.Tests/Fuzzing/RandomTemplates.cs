using Hermes.Templates.Filters;
using Hermes.Templates.Methods;
using Hermes.Templates.Tests.Cases;

namespace Hermes.Templates.Tests.Fuzzing;

/// <summary>Makes templates at random: by the grammar, or from the case files by mutation. The same seed makes the same template.</summary>
internal sealed class RandomTemplates(int seed)
{
    private static readonly string[] Known = [.. CaseFile.ReadAll().Select(item => item.Template)];
    private static readonly string[] FilterNames = [.. Filter.All.Select(filter => filter.Name)];
    private static readonly string[] MethodNames = [.. Method.All.Select(method => method.Name)];
    private static readonly string[] TestNames = [.. Test.All.Select(test => test.Name).Where(name => char.IsLetter(name[0]))];

    private static readonly string[] Literals =
    [
        "0", "1", "-1", "2", "7", "64", "100000", "9223372036854775807", "-9223372036854775808", "0.5", "-1.5", "1e308", "1e-320", "true", "none",
        "''", "'a'", "'été 😀'", "'a,b;c'", "'%s %5.2f %(a)s'", "'{} {0} {a:>5}'", "' x '", "'12'", "'<a b=\"c\">'", "'a\\nb-c d'", "[]", "{}",
        "[1, 2, 3]", "['a', 'B', 'a']", "[none, 1.5, 'x', [1]]", "{'a': 1, 'b': 'x'}", "[{'a': 1}, {'a': 2}]", "(1, 2)",
    ];

    private static readonly string[] Names = ["a", "b", "c", "text", "number", "list", "map", "when", "data", "unset", "object"];
    private static readonly string[] Infix =
        ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or", "if", "is", "|", ".", ","];

    private static readonly string[] Fragments =
        ["{{", "}}", "{%", "%}", "{#", "#}", "-", "'", "\"", "\\", "(", ")", "[", "]", "{", "}", ",", ":", "|", ".", "0x", "1e", "\ud83d", "\0", "\n", "é", "_"];

    private readonly Random _random = new(seed);

    public string Next() => _random.Next(4) switch
    {
        0 => Mutated(Pick(Known)),
        1 => $"{{{{ {Mutated(Expression(3))} }}}}",
        2 => $"x {{{{ {Expression(2)} }}}} {{{{- {Expression(2)} -}}}} y",
        _ => $"{{{{ {Expression(4)} }}}}",
    };

    private string Expression(int depth)
    {
        if (depth == 0)
            return _random.Next(3) == 0 ? Pick(Names) : Pick(Literals);
        return _random.Next(16) switch
        {
            0 or 1 or 2 => $"{Expression(depth - 1)} | {Pick(FilterNames)}{Arguments(depth)}",
            3 or 4 => $"({Expression(depth - 1)}).{Pick(MethodNames)}({List(depth)})",
            5 => $"{Expression(depth - 1)} is {(_random.Next(3) == 0 ? "not " : "")}{Pick(TestNames)}{Arguments(depth)}",
            6 => $"({Expression(depth - 1)})[{Expression(depth - 1)}]",
            7 => $"({Expression(depth - 1)})[{Maybe(depth)}:{Maybe(depth)}:{Maybe(depth)}]",
            8 => $"[{List(depth)}]",
            9 => $"{{'a': {Expression(depth - 1)}, {Pick(Literals)}: {Expression(depth - 1)}}}",
            10 => $"({Expression(depth - 1)} if {Expression(depth - 1)} else {Expression(depth - 1)})",
            11 => $"{Pick(["not ", "-", "+"])}{Expression(depth - 1)}",
            12 => $"{Expression(depth - 1)} | {Pick(["map", "select", "reject"])}('{Pick(_random.Next(2) == 0 ? FilterNames : TestNames)}', {List(depth)})",
            13 => $"{Pick(["range", "dict"])}({List(depth)})",
            _ => $"({Expression(depth - 1)}) {Pick(Infix)} ({Expression(depth - 1)})",
        };
    }

    private string Maybe(int depth) => _random.Next(2) == 0 ? "" : Expression(depth - 1);

    private string Arguments(int depth) => _random.Next(2) == 0 ? "" : $"({List(depth)})";

    private string List(int depth) => string.Join(", ", Enumerable.Range(0, _random.Next(4)).Select(_ => Expression(Math.Max(0, depth - 2))));

    private string Mutated(string text)
    {
        for (var changes = _random.Next(1, 5); changes > 0; changes--)
        {
            var start = _random.Next(text.Length + 1);
            var length = Math.Min(_random.Next(4), text.Length - start);
            text = _random.Next(4) switch
            {
                0 => text.Remove(start, length),
                1 => text.Insert(start, Pick(Fragments)),
                2 => text.Insert(start, text.Substring(start, length)),
                _ => text.Insert(start, Pick(Literals)),
            };
        }

        return text;
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
