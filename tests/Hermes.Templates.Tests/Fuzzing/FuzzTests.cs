using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Xunit.Abstractions;

namespace Hermes.Templates.Tests.Fuzzing;

/// <summary>
/// Random templates: whatever the text and the values are, there is a result or the documented exception. <c>HERMES_FUZZ_TEMPLATES</c> is
/// how many are
/// tried, <c>HERMES_FUZZ_SEED</c> the seed of the first one.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int DefaultCount = 20_000;

    private static readonly JinjaTemplateEngine Engine =
        new([], new TemplateLimits { MaxSteps = 300_000, MaxMemory = 4 * 1024 * 1024 });

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
        Parallel.For(0, count, i =>
        {
            var text = new RandomTemplates(seed + i).Next();
            try
            {
                if (TryCompile(text) is not { } template)
                    return;
                Interlocked.Increment(ref compiled);
                if (TryEvaluate(template))
                    Interlocked.Increment(ref evaluated);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed + i}: {text}", exception);
            }
        });

        output.WriteLine($"{compiled} compiled, {evaluated} gave a value.");
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
