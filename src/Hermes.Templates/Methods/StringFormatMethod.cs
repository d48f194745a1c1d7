using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;

namespace Hermes.Templates.Methods;

/// <summary><c>'{} {name}'.format(a, name=b)</c>.</summary>
internal sealed record StringFormatMethod() : Method(ValueKind.String, "format")
{
    public override BoundOperation Bind(MethodCall call, Func<Expression, Evaluator> compile)
    {
        var names = call.Arguments.Named.Select(argument => argument.Name).ToArray();
        return new BoundOperation(
            (ref frame, target, arguments) =>
            {
                frame.AllocatePairs(arguments.Length);
                var positional = arguments.Length - names.Length;
                var named = new Dictionary<string, Value>(StringComparer.Ordinal);
                for (var i = 0; i < names.Length; i++)
                    named[names[i]] = arguments[positional + i];
                return new BraceFormat(arguments[..positional].ToArray(), named).Apply(ref frame, target.AsString());
            },
            [.. call.Arguments.All.Select(compile)]);
    }
}
