using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;

namespace Hermes.Templates.Filters;

/// <summary><c>'%s: %05.2f' | format(a, b)</c>, or with arguments by name.</summary>
internal sealed class FormatFilter : IFilter
{
    public string Name => "format";

    public BoundOperation Bind(CallArguments arguments, int position, ExpressionCompiler compiler)
    {
        if (arguments is { Positional.Length: > 0, Named.Length: > 0 })
            throw new TemplateFault("The filter 'format' takes arguments by position or by name, not both", position);
        var names = arguments.Named.Select(argument => argument.Name).ToArray();
        return new BoundOperation(
            (ref frame, input, given) =>
            {
                var format = PythonText.Str(ref frame, input);
                if (names.Length == 0)
                    return PrintfFormat.Apply(ref frame, format, given);
                frame.AllocatePairs(names.Length);
                var named = new List<KeyValuePair<string, Value>>();
                for (var i = 0; i < names.Length; i++)
                    named.Add(new(names[i], given[i]));
                return PrintfFormat.Apply(ref frame, format, Value.From(ValueMap.Create(named)));
            },
            [.. arguments.All.Select(compiler.Compile)]);
    }
}
