using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Templates;

/// <summary>A named function for templates, used as <c>{{ value | name(arguments) }}</c>. Registered in DI.</summary>
public interface IAttributeFilter
{
    /// <summary>The name in templates: letters, digits and underscores.</summary>
    string Name { get; }

    /// <summary>
    /// Looks at the arguments when a template is compiled, if all of them are constants, so that a mistake shows when the program starts and not at the first
    /// entry. Default: nothing is looked at. Not every template engine asks.
    /// </summary>
    /// <exception cref="ArgumentException">An argument cannot be used; the message is shown with the place in the template.</exception>
    void Check(FilterArguments arguments)
    {
        // What only some filters can tell beforehand.
    }

    /// <summary>Computes the result.</summary>
    /// <param name="input">What stands before the bar.</param>
    /// <param name="arguments">What stands in the parentheses.</param>
    /// <exception cref="ArgumentException">The input or an argument cannot be used; the message is shown with the place in the template.</exception>
    Value Apply(Value input, FilterArguments arguments);
}
