using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Xunit.Abstractions;

namespace Hermes.Templates.Tests.Fuzzing;

/// <summary>
/// Random templates, some of which make much of little: whatever the text and the values are, there is a result or the documented exception, and no
/// evaluation allocates more than the default limits allow. <c>HERMES_FUZZ_TEMPLATES</c> is how many are tried, <c>HERMES_FUZZ_SEED</c> the seed of the
/// first one. The slowest are told, by the time of their thread's processor where the system tells that.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int DefaultCount = 20_000;
    private const long MostBytes = 64_000_000;

    private static readonly JinjaTemplateEngine Engine = new([new Twice()]);

    private static readonly Dictionary<string, Value> Variables = new()
    {
        ["a"] = "x",
        ["b"] = 3,
        ["c"] = Value.Null,
        ["text"] = "Été, 😀 of\tthe\nyear",
        ["number"] = 1.5m,
        ["list"] = ValueList.Create(["b", "A", 1, 2.5, Value.Null, Value.Undefined]),
        ["map"] = ValueMap.Create([new("a", 1), new("b", ValueList.Create([1, 2]))]),
        ["when"] = new DateTime(2024, 5, 1, 12, 34, 56),
        ["data"] = new byte[] { 0, 255, 65 },
        ["object"] = Value.From(new Opaque()),
    };

    [Fact]
    public void Any_text_gives_a_value_or_the_documented_exception()
    {
        var count = Setting("HERMES_FUZZ_TEMPLATES", DefaultCount);
        var seed = Setting("HERMES_FUZZ_SEED", Random.Shared.Next(int.MaxValue - count));
        output.WriteLine($"{count} templates from seed {seed} on.");

        var (compiled, evaluated) = (0, 0);
        var slowest = new Extreme();
        var largest = new Extreme();
        Parallel.For(0, count, i =>
        {
            var text = new RandomTemplates(seed + i).Next();
            try
            {
                if (TryCompile(text) is not { } template)
                    return;
                Interlocked.Increment(ref compiled);
                var cost = Cost.Of(() => TryEvaluate(template), out var hasValue);
                if (hasValue)
                    Interlocked.Increment(ref evaluated);
                slowest.Meet(cost.Nanoseconds, seed + i, text);
                largest.Meet(cost.Bytes, seed + i, text);
                cost.Bytes.Should().BeLessThan(MostBytes);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed + i}: {text}", exception);
            }
        });

        output.WriteLine($"{compiled} compiled, {evaluated} gave a value.");
        output.WriteLine($"Most processor time, in nanoseconds: {slowest}");
        output.WriteLine($"Most bytes allocated: {largest}");
        compiled.Should().BeGreaterThan(count / 10, "a generator of nothing but mistakes tests nothing");
        evaluated.Should().BeGreaterThan(count / 50);
    }

    private static ITemplate? TryCompile(string text)
    {
        try
        {
            return Engine.Compile(text);
        }
        catch (TemplateException)
        {
            return null;
        }
    }

    private static bool TryEvaluate(ITemplate template)
    {
        try
        {
            var value = template.Evaluate([.. template.Variables.Select(name => Variables.GetValueOrDefault(name, Value.Undefined))]);
            value.Kind.Should().NotBe(ValueKind.Object).And.NotBe(ValueKind.Undefined);
            return true;
        }
        catch (TemplateException)
        {
            return false;
        }
    }

    private static int Setting(string name, int defaultValue) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : defaultValue;

    /// <summary>A filter of the host that makes more than it is given.</summary>
    private sealed class Twice : IAttributeFilter
    {
        public string Name => "twice";

        public Value Apply(Value input, FilterArguments arguments) => ValueList.Create([input, input, .. arguments.Positional]);
    }

    private sealed class Opaque : TemplateObject
    {
        public override string Description => "an object";

        public override IEnumerable<Value> Items => ["x", 1];

        public override bool TryGetMember(string name, out Value value)
        {
            value = "member";
            return name == "a";
        }
    }
}
