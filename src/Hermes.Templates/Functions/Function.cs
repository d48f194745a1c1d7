using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Functions;

/// <summary>A function of the language: <c>range(3)</c>.</summary>
internal abstract record Function(string Name)
{
    /// <summary>All functions of the language.</summary>
    public static IEnumerable<Function> All => [new RangeFunction(), new DictFunction()];

    public abstract BoundOperation Bind(FunctionCall call, Func<Expression, Evaluator> compile);
}
