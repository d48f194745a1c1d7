using Hermes.Abstractions.Templates;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates;

/// <summary>
/// The default template engine: Jinja expressions, compiled once, with typed results. Templates can do nothing but compute: they see the
/// variables they are given and the filters, and each evaluation is bounded by <see cref="TemplateLimits"/>.
/// </summary>
public sealed class JinjaTemplateEngine : ITemplateEngine
{
    private readonly Vocabulary _vocabulary;
    private readonly TemplateLimits _limits;
    private readonly TimeProvider _time;

    /// <summary>Makes an engine with the filters of the language and own ones.</summary>
    /// <param name="filters">Own filters; one with the name of a built-in filter replaces it.</param>
    /// <param name="limits">What a template may cost; <see cref="TemplateLimits.Default"/> if null.</param>
    /// <param name="time">The clock that <c>now()</c> reads; that of the system if null.</param>
    /// <exception cref="ArgumentException">Two filters have the same name, or a name is not made of letters, digits and
    /// underscores.</exception>
    public JinjaTemplateEngine(IEnumerable<IAttributeFilter> filters, TemplateLimits? limits = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(filters);
        _vocabulary = new Vocabulary(filters);
        _limits = limits ?? TemplateLimits.Default;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Makes an engine with the filters of the language.</summary>
    public JinjaTemplateEngine()
        : this([])
    {
    }

    /// <inheritdoc/>
    public bool IsTemplate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) || text.Contains("{#", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public ITemplate Compile(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return TemplateCompiler.Compile(text, _vocabulary, _limits, _time);
        }
        catch (TemplateFault fault)
        {
            throw FaultReport.AtCompilation(fault, text);
        }
    }
}
