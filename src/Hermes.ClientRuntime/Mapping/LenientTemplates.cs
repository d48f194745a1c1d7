using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Configuration;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>
/// Templates of mappings that leave their attribute out where an entry lacks what they read, as those of the original program do. Any other failure stays one.
/// </summary>
internal sealed class LenientTemplates : ITemplateEngine
{
    private readonly ITemplateEngine _engine;

    private LenientTemplates(ITemplateEngine engine) => _engine = engine;

    /// <summary>The engine for the mappings of a client.</summary>
    public static ITemplateEngine For(ClientOptions options, ITemplateEngine engine) => options.StrictTemplates ? engine : new LenientTemplates(engine);

    public bool IsTemplate(string text) => _engine.IsTemplate(text);

    public ITemplate Compile(string text) => new Lenient(_engine.Compile(text));

    private sealed class Lenient(ITemplate template) : ITemplate
    {
        public string Text => template.Text;

        public bool IsExpression => template.IsExpression;

        public IReadOnlyList<string> Variables => template.Variables;

        public IReadOnlySet<string>? MembersOf(string variable) => template.MembersOf(variable);

        public bool AsksOnlyWhatIsIn(string variable) => template.AsksOnlyWhatIsIn(variable);

        public Value Evaluate(ReadOnlySpan<Value> variables)
        {
            try
            {
                return template.Evaluate(variables);
            }
            catch (TemplateException exception) when (exception.IsUndefined && variables.Contains(Value.Undefined))
            {
                return Value.Null;
            }
        }
    }
}
