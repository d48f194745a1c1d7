using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.Templates.Tests;

/// <summary>What depends on the clock of the engine: the present, and how long an evaluation may take.</summary>
public sealed class TimeTests
{
    private static readonly DateTimeOffset Present = new(2024, 5, 1, 22, 30, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Present);

    public TimeTests() => _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("two", TimeSpan.FromHours(2), "two", "two"));

    [Theory]
    [InlineData("{{ now(utc=true) }}", "2024-05-01 22:30:00")]
    [InlineData("{{ now() }}", "2024-05-02 00:30:00")]
    [InlineData("{{ now(fmt='%d.%m.%Y') }}", "02.05.2024")]
    [InlineData("{{ now(true, '%d.%m.%Y') }}", "01.05.2024")]
    [InlineData("{{ '%d.%m.%Y' | strftime }}", "02.05.2024")]
    [InlineData("{{ '%d.%m.%Y' | strftime(utc=true) }}", "01.05.2024")]
    [InlineData("{{ '%H' | strftime(0) }}", "02")]
    [InlineData("{{ (now(utc=true) - '2024-04-01' | to_datetime('%Y-%m-%d')).days }}", "30")]
    public void The_present_is_that_of_the_clock(string text, string expected)
    {
        new JinjaTemplateEngine([], time: _time).Compile(text + " ").Evaluate([]).AsString().Trim().Should().Be(expected);
    }

    [Fact]
    public void The_registered_clock_is_taken()
    {
        using var provider = new ServiceCollection().AddHermesTemplates().AddSingleton<TimeProvider>(_time).BuildServiceProvider();

        provider.GetRequiredService<ITemplateEngine>().Compile("{{ now(utc=true) }}").Evaluate([]).Should().Be(Value.From(Present.DateTime));
    }

    [Theory]
    [InlineData("{{ 1 | slow | slow | slow }}")]
    [InlineData("{{ range(1000) | map('slow') | list }}")]
    [InlineData("{{ 1 | slow | slow | regex_search('1') }}")]
    [InlineData("{{ [1 | slow, 2 | slow, range(300000) | select('odd') | length] }}")]
    public void The_limit_of_time_is_over_the_whole_evaluation(string text)
    {
        Engine().Compile(text).Invoking(template => template.Evaluate([])).Should().Throw<TemplateException>()
            .Which.Reason.Should().Be("The template takes longer than the 150 milliseconds allowed (TemplateLimits.MaxTime)");
    }

    [Fact]
    public void What_comes_in_time_gives_its_value()
    {
        Engine().Compile("{{ 1 | slow | slow }}").Evaluate([]).Should().Be(Value.From(1));
    }

    [Theory]
    [InlineData("{{ (['a' * 17 ~ 'c'] * 100000) | map('regex_search', '^(a+)+$') | list }}", "allowed")]
    [InlineData("{{ ('a' * 40) | regex_search('^(a+)+b$') }}", "100 milliseconds")]
    [InlineData("{{ ('a' * 40) | regex_replace('^(a+)+b$', '') }}", "100 milliseconds")]
    [InlineData("{{ ('a' * 40) | regex_findall('(a+)+b') }}", "100 milliseconds")]
    [InlineData("{{ ('a' * 40) is match('(a+)+b') }}", "100 milliseconds")]
    public void A_slow_regular_expression_is_stopped(string text, string limit)
    {
        new JinjaTemplateEngine().Compile(text).Invoking(template => template.Evaluate([])).Should().Throw<TemplateException>()
            .Which.Reason.Should().Contain(limit);
    }

    private JinjaTemplateEngine Engine() => new([new Slow(_time)], new TemplateLimits { MaxTime = TimeSpan.FromMilliseconds(150) }, _time);

    private sealed class Slow(FakeTimeProvider time) : IAttributeFilter
    {
        public string Name => "slow";

        public Value Apply(Value input, FilterArguments arguments)
        {
            time.Advance(TimeSpan.FromMilliseconds(80));
            return input;
        }
    }
}
