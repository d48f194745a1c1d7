using Hermes.Templates.Compilation;
using Hermes.Templates.Filters;
using Hermes.Templates.Methods;
using Hermes.Templates.Tests.Cases;

namespace Hermes.Templates.Tests.Fuzzing;

/// <summary>Makes templates at random: by the grammar, or from the case files by mutation. The same seed makes the same template.</summary>
internal sealed class RandomTemplates(int seed)
{
    private static readonly string[] Known = [.. CaseFile.ReadAll().Select(item => item.Template)];
    private static readonly Callee[] Filters = [
        .. Filter.All.Select(filter => Callee.Of(filter.Name, (filter as Filter)?.Parameters)),
        new Callee("twice", 0, 3),
    ];
    private static readonly Callee[] Methods = [.. Method.All.Select(method =>
        Callee.Of(method.Name, (method as FixedMethod)?.Parameters))];
    private static readonly Callee[] Tests = [.. Test.All.Where(test =>
        char.IsLetter(test.Name[0])).Select(test => Callee.Of(test.Name, test.Parameters))];

    private static readonly string[] Literals =
    [
        "0", "1", "-1", "2", "7", "64", "100000", "9223372036854775807", "-9223372036854775808", "0.5", "-1.5", "1e308", "1e-320",
        "true", "none",
        "''", "'a'", "'été 😀'", "'a,b;c'", "'%s %5.2f %(a)s'", "'{} {0} {a:>5}'", "' x '", "'12'", "'<a b=\"c\">'", "'a\\nb-c d'",
        "[]", "{}",
        "[1, 2, 3]", "['a', 'B', 'a']", "[none, 1.5, 'x', [1]]", "{'a': 1, 'b': 'x'}", "[{'a': 1}, {'a': 2}]", "(1, 2)",
    ];

    /// <summary>What makes much of little; seldom, because it is slow.</summary>
    private static readonly string[] Large =
    [
        "('aB c-' * 100000)", "('É Σß' * 60000)", "('\ud83d\ude00' * 90000)", "('a' * 2000000)", "range(60000)", "(['a,b' * 300] * 2000)", "([['x', 1]] * 20000)",
        "('1,' * 90000).split(',')", "([{'a': 1, 'b': 'x'}] * 9000)", "('<b>&amp;\\'' * 50000)", "(['a' * 400000] * 500)", "([[[0] * 500] * 500] * 500)",
        "('%s' * 5000)", "('{}' * 5000)", "(['a' * 25 ~ 'c'] * 50)", "([1.5] * 30000)", "('a' * 500000).encode()", "'^(a+)+$'", "'(a|b|ab)*c'", "'(.)(.)?'", "'.*?.*?x'",
    ];

    private static readonly string[] Names = ["a", "b", "c", "text", "number", "list", "map", "when", "data", "unset", "object"];

    private static readonly string[] Infix =
    [
        "+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or", "if", "is", "|", ".", ",",
    ];

    private static readonly string[] Fragments =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "'", "\"", "\\", "(", ")", "[", "]", "{", "}", ",", ":", "|", ".", "0x", "1e", "\ud83d", "\0",
        "\n", "é",
    ];

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
            return _random.Next(3) == 0 ? Pick(Names) : _random.Next(40) == 0 ? Pick(Large) : Pick(Literals);
        return _random.Next(16) switch
        {
            0 or 1 or 2 => $"{Expression(depth - 1)} | {Call(Pick(Filters), depth)}",
            3 or 4 => $"({Expression(depth - 1)}).{Call(Pick(Methods), depth)}",
            5 => $"{Expression(depth - 1)} is {(_random.Next(3) == 0 ? "not " : "")}{Call(Pick(Tests), depth)}",
            6 => $"({Expression(depth - 1)})[{Expression(depth - 1)}]",
            7 => $"({Expression(depth - 1)})[{Maybe(depth)}:{Maybe(depth)}:{Maybe(depth)}]",
            8 => $"[{List(depth)}]",
            9 => $"{{'a': {Expression(depth - 1)}, {Pick(Literals)}: {Expression(depth - 1)}}}",
            10 => $"({Expression(depth - 1)} if {Expression(depth - 1)} else {Expression(depth - 1)})",
            11 => $"{Pick(["not ", "-", "+"])}{Expression(depth - 1)}",
            12 => $"{Expression(depth - 1)} | {HigherOrder(depth)}",
            13 => $"{Pick(["range", "dict", "timedelta", "now"])}({List(depth)})",
            _ => $"({Expression(depth - 1)}) {Pick(Infix)} ({Expression(depth - 1)})",
        };
    }

    private string Maybe(int depth) => _random.Next(2) == 0 ? "" : Expression(depth - 1);

    /// <summary>A call with as many arguments as are taken, or seldom with some number.</summary>
    private string Call(Callee callee, int depth) =>
        $"{callee.Name}({List(depth, _random.Next(10) == 0 ? _random.Next(4) : _random.Next(callee.Least, callee.Most + 1))})";

    private string HigherOrder(int depth)
    {
        var isMap = _random.Next(2) == 0;
        var callee = Pick(isMap ? Filters : Tests);
        var arguments = List(depth, _random.Next(callee.Least, callee.Most + 1));
        return $"{(isMap ? "map" : Pick(["select", "reject"]))}('{callee.Name}'{(arguments.Length > 0 ? ", " : "")}{arguments})";
    }

    private string List(int depth) => List(depth, _random.Next(4));

    private string List(int depth, int count) =>
        string.Join(", ", Enumerable.Range(0, count).Select(_ => Expression(Math.Max(0, depth - 2))));

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

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];

    /// <summary>What can be called, and how many arguments it takes.</summary>
    private sealed record Callee(string Name, int Least, int Most)
    {
        public static Callee Of(string name, Signature? parameters) => parameters is null
            ? new Callee(name, 0, 3)
            : new Callee(name, parameters.Count(parameter => parameter.Default is null), parameters.Count());
    }
}
