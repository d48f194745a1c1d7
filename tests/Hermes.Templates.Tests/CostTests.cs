using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Filters;
using Hermes.Templates.Methods;
using Xunit.Abstractions;

namespace Hermes.Templates.Tests;

/// <summary>What an operation says that it builds is what it builds, or more: else the limit of memory would not hold.</summary>
public sealed class CostTests(ITestOutputHelper output)
{
    private const int Size = 2_000;
    private const int CallsEach = 5;

    /// <summary>Objects that are small whatever the input is: closures, iterators, and the exception with its stack.</summary>
    private const int Slack = 16 * 1024;

    private static readonly TemplateLimits Wide = new() { MaxSteps = long.MaxValue, MaxMemory = 1L << 40, MaxTime = TimeSpan.FromHours(1) };

    private static readonly Dictionary<string, Operation> Operations = All().DistinctBy(item => item.Name).ToDictionary(item => item.Name, item => item.Run);
    private static readonly Dictionary<string, Signature> Signatures = All().DistinctBy(item => item.Name).ToDictionary(item => item.Name, item => item.Parameters);

    private static readonly Value[] Inputs =
    [
        new string('a', Size),
        Repeated("aB c-d ", Size / 7),
        Repeated("ÉΣ ΐß", Size / 5),
        Repeated("😀 x", Size / 4),
        Repeated("<b>&\"'</b>\n", Size / 11),
        Repeated(",;", Size / 2),
        Repeated("12", Size / 2),
        Repeated("%s%5.2f%%", Size / 9),
        Repeated("{} {0:>9}", Size / 9),
        ValueList.Create(Enumerable.Range(0, Size).Select(i => Value.From(i))),
        ValueList.Create(Enumerable.Range(0, Size).Select(i => Value.From((i % 97) + 0.1))),
        ValueList.Create(Enumerable.Range(0, Size).Select(i => Value.From($"Été {i % 31}"))),
        ValueList.Create(Enumerable.Range(0, Size).Select(i => Value.From(new DateTime(2020, 1, 1).AddHours(i)))),
        ValueList.Create(Enumerable.Range(0, Size).Select(i => Value.From(ValueList.Create([$"k{i}", i])))),
        ValueList.Create(Enumerable.Range(0, Size).Select(i => Value.From(ValueMap.Create([new("a", i % 7), new("key", $"k{i}"), new("value", 1.5m)])))),
        ValueMap.Create(Enumerable.Range(0, Size).Select(i => KeyValuePair.Create($"k{i}", Value.From(i)))),
        Enumerable.Range(0, Size).Select(i => (byte)i).ToArray(),
        new DateTime(2024, 5, 1, 12, 34, 56),
        1e300,
        -7,
    ];

    private static readonly Value[] Arguments =
    [
        Value.Null, true, 0, 1, 3, 70, -5, 2.5, "", "a", ",", "a,b", "%Y-%m-%d %c", "key", "utf-8", new string('b', 200), ValueList.Create(["a", "b"]),
        Repeated("aé", Size / 2), ValueMap.Create([new("a", 1)]), "(.)", "\\1\\1", "sha256",
    ];

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operation_counts_at_least_what_it_builds(string name)
    {
        var random = new Random(name.Length);
        var worst = 0.0;
        for (var call = 0; call < CallsEach * Inputs.Length; call++)
        {
            var input = Inputs[call % Inputs.Length];
            var arguments = Signatures[name].Select(parameter =>
                parameter.Default is { } value && random.Next(2) == 0 ? value : Arguments[random.Next(Arguments.Length)]).ToArray();
            Measure(name, input, arguments);
            var (counted, built) = Measure(name, input, arguments);

            built.Should().BeLessThan(counted + Slack, "{0} is called with {1} and {2}", name, Shown(input), string.Join(", ", arguments.Select(Shown)));
            worst = Math.Max(worst, built / (double)(counted + Slack));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {worst:F2}"));
    }

    private static (long Counted, long Built) Measure(string name, Value input, Value[] arguments)
    {
        var frame = new Frame(Wide, TimeProvider.System);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Operations[name](ref frame, input, arguments);
        }
        catch (TemplateFault)
        {
            // Refused arguments cost as well.
        }

        return (Wide.MaxMemory - frame.MemoryLeft, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static IEnumerable<(string Name, Signature Parameters, Operation Run)> All() =>
    [
        .. Filter.All.OfType<Filter>().Select(filter => ($"| {filter.Name}", filter.Parameters, filter.Operation)),
        .. Method.All.OfType<FixedMethod>().Select(method => ($"{method.Kind}.{method.Name}", method.Parameters, OfKind(method))),
        .. Test.All.Select(test => ($"is {test.Name}", test.Parameters, new Operation((ref frame, input, arguments) => test.Predicate(ref frame, input, arguments)))),
    ];

    private static Operation OfKind(FixedMethod method) => (ref frame, input, arguments) =>
        input.Kind == method.Kind ? method.Operation(ref frame, input, arguments) : throw new TemplateFault("Another kind of value");

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Shown(Value value) => value.ToString() is var text && text.Length > 20 ? $"{text[..20]}..." : $"'{text}'";
}
