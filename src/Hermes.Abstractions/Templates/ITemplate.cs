using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Templates;

/// <summary>A compiled template. It may be evaluated from several threads.</summary>
public interface ITemplate
{
    /// <summary>The text it was compiled from.</summary>
    string Text { get; }

    /// <summary>Whether the whole template is one expression, which yields a typed value; else it yields a text.</summary>
    bool IsExpression { get; }

    /// <summary>The names of the variables that the template reads, each once, in order of first use.</summary>
    IReadOnlyList<string> Variables { get; }

    /// <summary>
    /// The members that the template reads of a variable (<c>_SELF.login</c>, <c>_SELF['login']</c>), or null if it uses the variable as a whole
    /// or by a name known only when evaluated.
    /// </summary>
    IReadOnlySet<string>? MembersOf(string variable);

    /// <summary>
    /// Whether all that the template does with a variable is to ask whether something is in it (<c>x in Users_pkeys</c>, <c>x not in Users_pkeys</c>),
    /// so that its items need not be at hand. True for a variable that it does not read. An engine that cannot tell answers false, which costs memory
    /// and is never wrong; that is the default.
    /// </summary>
    bool AsksOnlyWhatIsIn(string variable) => !Variables.Contains(variable);

    /// <summary>Evaluates the template.</summary>
    /// <param name="variables">One value per name in <see cref="Variables"/>, in that order; <see cref="Value.Undefined"/> for a variable that is not set.</param>
    /// <exception cref="TemplateException">The evaluation failed, or exceeded a limit.</exception>
    Value Evaluate(ReadOnlySpan<Value> variables);
}
