using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Filters;

/// <summary><c>map</c>: each item through a filter, or an attribute of each item.</summary>
internal sealed class MapFilter : IFilter
{
    private static readonly Filter Attributes = new("map", ["attribute", Parameter.Optional("default", Value.Null)], MapAttribute);

    public string Name => "map";

    public BoundOperation Bind(CallArguments arguments, int position, ExpressionCompiler compiler)
    {
        if (arguments.Positional is not [var first, .. var rest])
            return Attributes.Bind(arguments, position, compiler);
        var name = Constants.Text(first)
            ?? throw new TemplateFault("The filter 'map' needs the name of a filter as a text, or 'attribute=...'", first.Position);
        var inner = compiler.BindFilter(name, arguments with { Positional = [.. rest] }, first.Position);
        return new BoundOperation(
            (ref frame, input, given) =>
            {
                var items = Sequence.OfTrue(ref frame, input);
                frame.AllocateItems(items.Length);
                var result = new Value[items.Length];
                for (var i = 0; i < result.Length; i++)
                    result[i] = frame.Run(inner.Operation, items[i], given);
                return ValueList.Create(result);
            },
            inner.Arguments);
    }

    private static Value MapAttribute(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var items = Sequence.OfTrue(ref frame, input);
        frame.AllocateItems(items.Length);
        var result = new Value[items.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var value = Access.Path(ref frame, items[i], arguments[0]);
            result[i] = Kinds.IsUndefined(value) && !arguments[1].IsNull ? arguments[1] : value;
        }

        return ValueList.Create(result);
    }
}
