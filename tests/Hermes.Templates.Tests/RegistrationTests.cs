using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.AttributeFilters;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Templates.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void The_engine_has_the_registered_filters_and_limits()
    {
        using var provider = new ServiceCollection()
            .AddHermesTemplates()
            .AddHermesFilters()
            .AddHermesRsaFilter(new Dictionary<string, RsaKey>())
            .AddSingleton<IAttributeFilter, Twice>()
            .AddSingleton(new TemplateLimits { MaxMemory = 2_000 })
            .BuildServiceProvider();

        var engine = provider.GetRequiredService<ITemplateEngine>();

        engine.Compile("{{ 'ab' | twice }}").Evaluate([]).Should().Be(Value.From("abab"));
        engine.Compile("{{ 'a' * 1000 }}").Invoking(template => template.Evaluate([])).Should().Throw<TemplateException>();
        engine.Invoking(it => it.Compile("{{ a | ldapPasswordHash }}{{ a | random_password }}{{ a | crypto_RSA_OAEP('x') }}")).Should().NotThrow();
    }

    [Fact]
    public void Registering_twice_is_registering_once()
    {
        using var provider = new ServiceCollection()
            .AddHermesTemplates().AddHermesTemplates()
            .AddHermesFilters().AddHermesFilters()
            .BuildServiceProvider();

        provider.GetServices<ITemplateEngine>().Should().ContainSingle();
        provider.GetServices<IAttributeFilter>().Should().HaveCount(2);
        provider.GetRequiredService<ITemplateEngine>().Compile("{{ 1 }}").Evaluate([]).Should().Be(Value.From(1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_types_of_password_hashes_may_be_chosen(bool others)
    {
        var services = new ServiceCollection().AddHermesTemplates();
        if (others)
            services.AddHermesFilters();
        services.AddHermesPasswordHashFilter("SHA", "SHA256").AddHermesFilters();
        using var provider = services.BuildServiceProvider();

        var hashes = provider.GetRequiredService<ITemplateEngine>().Compile("{{ 'x' | ldapPasswordHash }}").Evaluate([]).AsList();

        hashes.Select(hash => hash.AsString().Split('}')[0]).Should().Equal("{SHA", "{SHA256");
        services.Invoking(them => them.AddHermesPasswordHashFilter("SHA3")).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void An_engine_of_the_host_stays()
    {
        var own = new JinjaTemplateEngine();

        using var provider = new ServiceCollection().AddSingleton<ITemplateEngine>(own).AddHermesTemplates().BuildServiceProvider();

        provider.GetRequiredService<ITemplateEngine>().Should().BeSameAs(own);
    }

    private sealed class Twice : IAttributeFilter
    {
        public string Name => "twice";

        public Value Apply(Value input, FilterArguments arguments) => input.AsString() + input.AsString();
    }
}
