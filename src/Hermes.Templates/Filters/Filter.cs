using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Filters;

/// <summary>A filter with fixed parameters.</summary>
internal sealed record Filter(string Name, Signature Parameters, Operation Operation) : IFilter
{
    /// <summary>All filters of the language.</summary>
    public static IEnumerable<IFilter> All =>
    [
        .. TextFilters.All,
        .. LayoutFilters.All,
        .. MarkupFilters.All,
        .. NumberFilters.All,
        .. ListFilters.All,
        .. GroupFilters.All,
        .. DictionaryFilters.All,
        .. ValueFilters.All,
        .. CodingFilters.All,
        .. DateFilters.All,
        .. RegexFilters.All,
        .. SelectionFilter.All,
        new CombineFilter(),
        new MapFilter(),
        new FormatFilter(),
    ];

    public BoundOperation Bind(CallArguments arguments, int position, ExpressionCompiler compiler) =>
        new(Operation, Parameters.Bind($"The filter '{Name}'", arguments, position, compiler.Compile));
}
