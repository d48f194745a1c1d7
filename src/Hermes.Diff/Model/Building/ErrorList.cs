using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Diff.Model.Building;

/// <summary>Collects what is wrong with a model, and compiles its templates so that their errors are collected too.</summary>
internal sealed class ErrorList(ITemplateEngine engine)
{
    public List<ConfigurationError> Errors { get; } = [];

    public List<ConfigurationError> Warnings { get; } = [];

    public void Add(string path, string problem, string fix) => Errors.Add(new(path, problem, fix));

    public void Warn(string path, string problem, string fix) => Warnings.Add(new(path, problem, fix));

    /// <summary>Compiles a text that may be a template, or says what is wrong with it.</summary>
    public ITemplate Compile(string path, string? text)
    {
        text ??= "";
        if (!IsTemplate(text))
            return new Literal(text);
        try
        {
            return engine.Compile(text);
        }
        catch (TemplateException e)
        {
            Add(path, $"The template cannot be read: {e.Message}", "Correct the template.");
            return new Literal(text);
        }
    }

    /// <summary>Compiles a template that must be one whole expression; null if it is not.</summary>
    public ITemplate? CompileExpression(string path, string? text)
    {
        var before = Errors.Count;
        var template = Compile(path, text);
        if (Errors.Count > before)
            return null;
        if (template.IsExpression)
            return template;
        Add(
            path,
            "The template is not one whole expression.",
            "Write it as {{ ... }} with no text before or after; join texts with ~ inside.");
        return null;
    }

    /// <summary>Whether a text is meant as a template.</summary>
    public bool IsTemplate(string text) => engine.IsTemplate(text);

    // A text that is no template, so that it need not be one for any engine.
    private sealed class Literal(string text) : ITemplate
    {
        public string Text { get; } = text;

        public bool IsExpression => false;

        public IReadOnlyList<string> Variables => [];

        public IReadOnlySet<string>? MembersOf(string variable) => new HashSet<string>();

        public Value Evaluate(ReadOnlySpan<Value> variables) => Text;
    }
}
