using Hermes.Abstractions.Templates;
using Hermes.Testing.Contracts.Templates;

namespace Hermes.Templates.Tests;

public sealed class JinjaContractTests() : TemplateEngineContract(new TemplateSentences
{
    Joined = "{{ b ~ a ~ b }}",
    Upper = "{{ a | upper }}",
    Default = "{{ a | default('none') }}",
    Members = "{{ a.x ~ a['y'] }}",
    In = "{{ a in keys }}",
    Choice = "{{ 'yes' if a > 1 else 'no' }}",
    Filter = "{{ a | shout('!') }}",
})
{
    protected override ITemplateEngine Create(IAttributeFilter filter) => new JinjaTemplateEngine([filter]);
}
