using Hermes.Abstractions.Data;

namespace Hermes.Testing.Contracts.Sources;

/// <summary>Values that are easily broken on the way.</summary>
public static class ContractValues
{
    /// <summary>Values of each kind.</summary>
    public static IReadOnlyDictionary<ValueKind, Value[]> Samples { get; } = new Dictionary<ValueKind, Value[]>
    {
        [ValueKind.Boolean] = [true, false],
        [ValueKind.Integer] = [0, -1, 42, long.MaxValue, long.MinValue],
        [ValueKind.Double] = [0.1, -1.5e300, 5e-300, 1.0 / 3],
        [ValueKind.Decimal] = [Value.From(12345678901234567.890123m), Value.From(-0.000001m), Value.From(0m)],
        [ValueKind.String] = [.. Texts.Select(Value.From)],
        [ValueKind.DateTime] =
        [
            new DateTime(2024, 2, 29, 12, 34, 56),
            new DateTime(1999, 12, 31, 23, 59, 59).AddTicks(1_234_560),
            new DateTime(1900, 1, 1),
            new DateTime(2124, 7, 1, 2, 30, 0),
        ],
        [ValueKind.Bytes] = [Value.From([0, 1, 127, 128, 255]), Value.From([0x27, 0x22, 0x5C, 0x0A])],
        [ValueKind.List] = [ValueList.Create(["a", "b, c", "é"]), ValueList.Create(["one"])],
        [ValueKind.Map] = [ValueMap.Create([new("a", 1), new("b", "x")])],
    };

    /// <summary>
    /// Texts with accents, other scripts, surrogates, combining marks, control characters, quotes and white space. NUL is not among them: hardly any
    /// database can hold it.
    /// </summary>
    public static IReadOnlyList<string> Texts =>
    [
        "plain", "Zoë Müller-Łukasz", "中村 修二", "مرحبا", "👩‍🔬 🎓", "e\u0301 is not \u00e9", " leading and trailing ", "tab\there", "two\nlines", "bell\u0007 escape\u001b",
        "quote ' double \" back \\ percent % under _", "semicolon; comma, pipe|", "NULL", "0", "-- comment /* */ @p :p ? $1 {{ x }}", "\u00a0\u200b\ufeff", new string('x', 5000),
    ];

    /// <summary>Texts that do harm where a value becomes a part of a query.</summary>
    public static IReadOnlyList<string> Injections =>
    [
        "x' OR '1'='1", "x'; DROP TABLE people; --", "x\" OR \"1\"=\"1", "*)(uid=*))(|(uid=*", "*", "%",
        "\\' OR 1=1 -- ", "@name", ":name", "${name}", "x' UNION SELECT 1, 'a', 'b",
    ];
}
