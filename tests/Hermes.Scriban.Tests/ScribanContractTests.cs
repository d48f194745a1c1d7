using Hermes.Abstractions.Templates;
using Hermes.Testing.Contracts.Templates;

namespace Hermes.Scriban.Tests;

public sealed class ScribanContractTests() : TemplateEngineContract(new TemplateSentences
{
    Joined = "{{ b + a + b }}",
    Upper = "{{ a | string.upcase }}",
    Default = "{{ a | default 'none' }}",
    Members = "{{ a.x + a['y'] }}",
    In = "{{ keys | array.contains a }}",
    Choice = "{{ a > 1 ? 'yes' : 'no' }}",
    Filter = "{{ a | shout '!' }}",
})
{
    protected override ITemplateEngine Create(IAttributeFilter filter) => new ScribanTemplateEngine([filter]);
}
