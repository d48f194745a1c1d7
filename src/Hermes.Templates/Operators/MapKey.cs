using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Operators;

/// <summary>The keys of dictionaries, which are texts.</summary>
internal static class MapKey
{
    /// <exception cref="TemplateFault">The key is not a text.</exception>
    public static string Of(Value key) =>
        key.TryGetString(out var text)
            ? text
            : throw new TemplateFault($"The keys of a dictionary are texts; this one is {Kinds.Describe(Kinds.Defined(key))}");
}
