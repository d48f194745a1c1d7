using Hermes.Templates.Compilation;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Filters;

/// <summary>A filter of the language.</summary>
internal interface IFilter
{
    string Name { get; }

    /// <exception cref="TemplateFault">The arguments do not fit.</exception>
    BoundOperation Bind(CallArguments arguments, int position, ExpressionCompiler compiler);
}
