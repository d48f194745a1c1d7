using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Functions;

/// <summary><c>dict(a=1, b=2)</c>, also from a dictionary or a list of pairs: <c>dict(pairs, c=3)</c>.</summary>
internal sealed record DictFunction() : Function("dict")
{
    public override BoundOperation Bind(FunctionCall call, Func<Expression, Evaluator> compile)
    {
        if (call.Arguments.Positional.Length > 1)
            throw new TemplateFault("The function 'dict' takes one argument by position at most", call.Position);
        var names = call.Arguments.Named.Select(argument => argument.Name).ToArray();
        return new BoundOperation(
            (ref frame, _, arguments) =>
            {
                var pairs = new List<KeyValuePair<string, Value>>();
                if (arguments.Length > names.Length)
                    AddAll(ref frame, arguments[0], pairs);
                for (var i = 0; i < names.Length; i++)
                    pairs.Add(new(names[i], arguments[arguments.Length - names.Length + i]));
                frame.AllocateItems(2 * pairs.Count);
                return ValueMap.Create(pairs);
            },
            [.. call.Arguments.All.Select(compile)]);
    }

    private static void AddAll(ref Frame frame, Value source, List<KeyValuePair<string, Value>> pairs)
    {
        if (source.Kind == ValueKind.Map)
        {
            frame.Step(source.AsMap().Count);
            pairs.AddRange(source.AsMap());
            return;
        }

        foreach (var item in Sequence.Of(ref frame, source))
        {
            var pair = Sequence.Of(ref frame, item);
            if (pair.Length != 2)
                throw new TemplateFault("'dict' needs a dictionary or a list of pairs");
            pairs.Add(new(MapKey.Of(pair[0]), pair[1]));
        }
    }
}
