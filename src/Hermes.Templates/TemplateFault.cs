namespace Hermes.Templates;

/// <summary>
/// What went wrong in a template, before it is known where, or with the place where it was found while compiling. Never leaves this
/// package: it becomes a <see cref="Abstractions.Templates.TemplateException"/>. The reason names kinds and names of the template, never
/// a value.
/// </summary>
internal sealed class TemplateFault(string reason, int? position = null) : Exception(reason)
{
    /// <summary>Where in the template's text, from 0; null: where the evaluation stood.</summary>
    public int? Position { get; } = position;

    /// <summary>Whether an undefined value was used.</summary>
    public bool IsUndefined { get; private init; }

    public static TemplateFault UndefinedValue() =>
        new("An undefined value is used here. Write '| default(...)' after what may be unset, or test it with 'is defined'")
        {
            IsUndefined = true,
        };
}
