using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>A rule that tells which object of the target is that of an entry: both have the same text. Pure.</summary>
/// <param name="Attribute">The attribute of the object, as the target calls it.</param>
/// <param name="Value">What of the entry is the same: a local attribute, or a template over the local attributes.</param>
internal sealed record CorrelationRule(string Attribute, AttributeMapping Value)
{
    /// <summary>The texts by which the object of an entry is found; several if the value is a list.</summary>
    /// <exception cref="TemplateException">The template fails on the entry.</exception>
    public IEnumerable<string> TextsOf(Entry entry) => TextsOf(Value.Evaluate(entry));

    /// <summary>The texts by which an object is found.</summary>
    public IEnumerable<string> TextsOf(TargetObject held) => TextsOf(held.Others.Get(Attribute));

    // As directories and most databases compare names: whatever the case, and without the blanks around.
    private static IEnumerable<string> TextsOf(Value value) => value.Kind switch
    {
        ValueKind.List => value.AsList().SelectMany(TextsOf).Distinct(StringComparer.Ordinal),
        _ when value.IsSet && value.ToString().Trim().ToUpperInvariant() is { Length: > 0 } text => [text],
        _ => [],
    };
}
