using Hermes.Abstractions.Templates;
using Hermes.Scriban.Compilation;
using Hermes.Scriban.Evaluation;
using Hermes.Scriban.Functions;
using Scriban;
using Scriban.Parsing;

namespace Hermes.Scriban;

/// <summary>
/// The language of Scriban as the template engine, with typed results. Templates can do nothing but compute: they see the variables they are given, the
/// functions of the language and the filters, include and import nothing, and each evaluation is bounded by <see cref="ScribanLimits"/>.
/// </summary>
public sealed class ScribanTemplateEngine : ITemplateEngine
{
    private readonly Language _language;
    private readonly ScribanLimits _limits;

    /// <summary>Makes an engine with the functions of the language and own filters.</summary>
    /// <param name="filters">Own filters, called as functions: <c>{{ value | name argument }}</c>.</param>
    /// <param name="limits">What a template may cost; <see cref="ScribanLimits.Default"/> if null.</param>
    /// <exception cref="ArgumentException">Two filters have the same name, or one has a name of the language.</exception>
    public ScribanTemplateEngine(IEnumerable<IAttributeFilter> filters, ScribanLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(filters);
        _limits = limits ?? ScribanLimits.Default;
        _language = new Language(filters, _limits);
    }

    /// <summary>Makes an engine with the functions of the language.</summary>
    public ScribanTemplateEngine()
        : this([])
    {
    }

    /// <inheritdoc/>
    public bool IsTemplate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("{{", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public ITemplate Compile(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > _limits.MaxTemplateLength)
            throw new TemplateException($"The template is longer than {_limits.MaxTemplateLength} characters", text, 1, 1);
        var parsed = Template.Parse(text, null, new ParserOptions { ExpressionDepthLimit = _limits.MaxDepth }, new LexerOptions { Mode = ScriptMode.Default });
        if (parsed.Messages.FirstOrDefault(message => message.Type == ParserMessageType.Error) is { } error)
            throw Faults.At(error.Span, error.Message, text);
        return new ScribanTemplate(text, parsed, VariableUse.Of(parsed.Page!, _language, text), _language, _limits);
    }
}
