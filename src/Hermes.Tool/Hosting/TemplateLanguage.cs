namespace Hermes.Tool.Hosting;

/// <summary>The language of all templates of a host.</summary>
internal enum TemplateLanguage
{
    /// <summary>Jinja expressions.</summary>
    Jinja,

    /// <summary>Scriban.</summary>
    Scriban,
}
