namespace Hermes.Abstractions.Templates;

/// <summary>Compiles templates.</summary>
public interface ITemplateEngine
{
    /// <summary>Parses and compiles a template, once.</summary>
    /// <exception cref="TemplateException">The text is not a valid template; line and column are told.</exception>
    ITemplate Compile(string text);
}
