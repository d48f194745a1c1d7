using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Diff.Tests.Kit;

/// <summary>Compiles texts that a test gave a meaning to, so that these tests depend on no template language.</summary>
internal sealed class FakeEngine : ITemplateEngine
{
    private readonly Dictionary<string, ITemplate> _templates = new(StringComparer.Ordinal);

    public FakeEngine Knows(string text, string[] variables, Func<Value[], Value> evaluate, bool isExpression = true, string[]? selfMembers = null, string? container = null)
    {
        _templates[text] = new Template(text, variables, evaluate, isExpression, selfMembers, container);
        return this;
    }

    /// <summary>A constraint that asks whether an attribute of <c>_SELF</c> is among keys.</summary>
    public FakeEngine KnowsMembership(string attribute, string keys, bool negated = false) => Knows(
        Membership(attribute, keys, negated),
        ["_SELF", keys],
        values => values[1].AsObject().Contains(Member(values[0], attribute)) != negated,
        selfMembers: [attribute],
        container: keys);

    public static string Membership(string attribute, string keys, bool negated = false) =>
        $"{{{{ _SELF.{attribute} {(negated ? "not " : "")}in {keys} }}}}";

    public static Value Member(Value item, string name) =>
        item.AsObject().TryGetMember(name, out var value) ? value : throw new TemplateException($"There is no '{name}'.", "fake", 1, 1);

    public bool IsTemplate(string text) => text.Contains("{{", StringComparison.Ordinal);

    public ITemplate Compile(string text) =>
        _templates.TryGetValue(text, out var template) ? template : throw new TemplateException("This is not a template.", text, 1, 4);

    private sealed class Template(
        string text, string[] variables, Func<Value[], Value> evaluate, bool isExpression, string[]? selfMembers, string? container) : ITemplate
    {
        public string Text => text;

        public bool IsExpression => isExpression;

        public IReadOnlyList<string> Variables => variables;

        public IReadOnlySet<string>? MembersOf(string variable) => selfMembers?.ToHashSet();

        public bool AsksOnlyWhatIsIn(string variable) => variable == container || !variables.Contains(variable);

        public Value Evaluate(ReadOnlySpan<Value> values) => evaluate(values.ToArray());
    }
}
