using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.Benchmarks;

/// <summary>An entry as templates see it.</summary>
internal sealed class EntryObject(Dictionary<string, Value> attributes) : TemplateObject
{
    public override string Description => "the entry";

    public override bool TryGetMember(string name, out Value value) => attributes.TryGetValue(name, out value);
}
