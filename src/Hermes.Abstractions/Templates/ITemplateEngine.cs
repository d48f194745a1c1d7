namespace Hermes.Abstractions.Templates;

/// <summary>Compiles templates.</summary>
public interface ITemplateEngine
{
    /// <summary>
    /// Whether a text is meant as a template, by the marks of the language. Any other text stands for itself: where a mapping expects an attribute
    /// it is the attribute's name. A text that is meant as a template may still fail to compile.
    /// </summary>
    bool IsTemplate(string text);

    /// <summary>Parses and compiles a template, once.</summary>
    /// <exception cref="TemplateException">The text is not a valid template; line and column are told.</exception>
    ITemplate Compile(string text);
}
