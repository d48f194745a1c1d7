using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Filters;

/// <summary>A filter of the host.</summary>
internal sealed class CustomFilter(IAttributeFilter filter) : IFilter
{
    public string Name => filter.Name;

    public BoundOperation Bind(CallArguments arguments, int position, ExpressionCompiler compiler)
    {
        Check(arguments, position);
        var count = arguments.Positional.Length;
        var names = arguments.Named.Select(argument => argument.Name).ToArray();
        return new BoundOperation(
            (ref frame, input, given) => Apply(ref frame, Kinds.Defined(input), given[..count], names, given[count..]),
            [.. arguments.All.Select(compiler.Compile)]);
    }

    private void Check(CallArguments arguments, int position)
    {
        var positional = arguments.Positional.Select(Constants.Fold).ToArray();
        var named = arguments.Named.Select(argument => (argument.Name, Value: Constants.Fold(argument.Value))).ToArray();
        if (!Array.TrueForAll(positional, value => value is not null) || !Array.TrueForAll(named, argument => argument.Value is not null))
            return;
        try
        {
            filter.Check(new FilterArguments(
                [.. positional.Select(value => value!.Value)],
                named.DistinctBy(argument => argument.Name).ToDictionary(argument => argument.Name, argument => argument.Value!.Value, StringComparer.Ordinal)));
        }
        catch (ArgumentException exception)
        {
            throw new TemplateFault($"The filter '{Name}' cannot be applied: {exception.Message}", position);
        }
    }

    private Value Apply(ref Frame frame, Value input, ReadOnlySpan<Value> positional, string[] names, ReadOnlySpan<Value> named)
    {
        frame.TimeLeft();
        frame.AllocatePairs(names.Length + positional.Length);
        var byName = new Dictionary<string, Value>(names.Length, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
            byName[names[i]] = Given(ref frame, named[i]);
        var byPosition = new Value[positional.Length];
        for (var i = 0; i < positional.Length; i++)
            byPosition[i] = Given(ref frame, positional[i]);
        var value = Given(ref frame, input);

        var result = Result(value, new FilterArguments(byPosition, byName));
        ValueSize.PayForMaking(ref frame, result);
        return result;
    }

    private static Value Given(ref Frame frame, Value value)
    {
        var plain = Evaluation.Result.Of(ref frame, value);
        ValueSize.PayForReading(ref frame, plain);
        return plain;
    }

    private Value Result(Value value, FilterArguments arguments)
    {
        try
        {
            return filter.Apply(value, arguments);
        }
        catch (ArgumentException exception)
        {
            throw new TemplateFault($"The filter '{Name}' cannot be applied: {exception.Message}");
        }
        catch (Exception exception) when (exception is not (TemplateFault or OutOfMemoryException))
        {
            // Its message may hold the value, which may be secret: only its type is told.
            throw new TemplateFault($"The filter '{Name}' failed with {exception.GetType().Name}");
        }
    }
}
