using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Diff.Templates;

/// <summary>A text that is no template, so that it need not be one for any engine.</summary>
internal sealed class LiteralTemplate(string text) : ITemplate
{
    public string Text { get; } = text;

    public bool IsExpression => false;

    public IReadOnlyList<string> Variables => [];

    public IReadOnlySet<string>? MembersOf(string variable) => new HashSet<string>();

    public Value Evaluate(ReadOnlySpan<Value> variables) => Text;
}
