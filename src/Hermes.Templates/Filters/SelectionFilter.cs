using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Filters;

/// <summary><c>select</c> and <c>reject</c>: the items for which a test holds, or does not.</summary>
/// <param name="name">The name of the filter.</param>
/// <param name="kept">What the test must say of an item that is kept.</param>
internal sealed class SelectionFilter(string name, bool kept) : IFilter
{
    public static IEnumerable<IFilter> All =>
    [
        new SelectionFilter("select", kept: true),
        new SelectionFilter("reject", kept: false),
        new AttributeSelectionFilter("selectattr", kept: true),
        new AttributeSelectionFilter("rejectattr", kept: false),
    ];

    public string Name => name;

    public BoundOperation Bind(CallArguments arguments, int position, ExpressionCompiler compiler)
    {
        var test = TestOf(Name, arguments, position, compiler);
        return new BoundOperation(
            (ref frame, input, given) =>
            {
                var items = Sequence.OfTrue(ref frame, input);
                frame.AllocateItems(items.Length);
                var result = new Value[items.Length];
                var count = 0;
                foreach (var item in items)
                {
                    if (frame.Run(test.Predicate, item, given) == kept)
                        result[count++] = item;
                }

                return ValueList.Create(result.AsSpan(0, count));
            },
            test.Arguments);
    }

    /// <summary>The test that the arguments name; without one an item is kept for being true.</summary>
    public static BoundTest TestOf(string filter, CallArguments arguments, int position, ExpressionCompiler compiler)
    {
        if (arguments.Positional is [var first, .. var rest])
        {
            var test = Constants.Text(first)
                ?? throw new TemplateFault($"The filter '{filter}' needs the name of a test as a text", first.Position);
            return compiler.BindTest(test, arguments with { Positional = [.. rest] }, position);
        }

        return arguments.Named is [var named, ..]
            ? throw new TemplateFault($"The filter '{filter}' has no argument '{named.Name}'", named.Position)
            : new BoundTest(static (ref _, item, _) => Truth.Of(item), []);
    }
}

/// <summary><c>selectattr</c> and <c>rejectattr</c>: the items for an attribute of which a test holds, or does not.</summary>
/// <param name="name">The name of the filter.</param>
/// <param name="kept">What the test must say of an item that is kept.</param>
internal sealed class AttributeSelectionFilter(string name, bool kept) : IFilter
{
    public string Name => name;

    public BoundOperation Bind(CallArguments arguments, int position, ExpressionCompiler compiler)
    {
        if (arguments.Positional is not [var attribute, .. var rest])
            throw new TemplateFault($"The filter '{Name}' needs the name of an attribute", position);
        var test = SelectionFilter.TestOf(Name, arguments with { Positional = [.. rest] }, position, compiler);
        return new BoundOperation(
            (ref frame, input, given) =>
            {
                var items = Sequence.OfTrue(ref frame, input);
                frame.AllocateItems(items.Length);
                var result = new Value[items.Length];
                var count = 0;
                foreach (var item in items)
                {
                    if (frame.Run(test.Predicate, Access.Path(ref frame, item, given[0]), given[1..]) == kept)
                        result[count++] = item;
                }

                return ValueList.Create(result.AsSpan(0, count));
            },
            [compiler.Compile(attribute), .. test.Arguments]);
    }
}
