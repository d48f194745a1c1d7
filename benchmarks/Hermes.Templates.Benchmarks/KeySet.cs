using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.Benchmarks;

/// <summary>The keys of a type as templates see them.</summary>
internal sealed class KeySet(IEnumerable<Value> keys) : TemplateObject
{
    private readonly HashSet<Value> _keys = [.. keys];

    public override string Description => "the keys";

    public override int? Count => _keys.Count;

    public override bool? Contains(Value item) => _keys.Contains(item);
}
