using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Scriban.Evaluation;
using Hermes.Scriban.Values;
using Scriban;
using Scriban.Runtime;

namespace Hermes.Scriban.Functions;

/// <summary>A filter of the host as a function: <c>value | name argument name: argument</c>.</summary>
internal sealed class FilterFunction(IAttributeFilter filter, ScribanLimits limits) : Function(1, 64)
{
    protected override object? Apply(TemplateContext context, ScriptArray arguments)
    {
        var positional = arguments.Skip(1).Select(argument => ScriptValues.FromScript(argument, limits)).ToList();
        var named = arguments.ScriptObject?.ToDictionary(pair => pair.Key, pair => ScriptValues.FromScript(pair.Value, limits), StringComparer.Ordinal);
        try
        {
            return ScriptValues.ToScript(filter.Apply(
                ScriptValues.FromScript(arguments[0], limits), new FilterArguments(positional, named ?? new Dictionary<string, Value>())));
        }
        catch (ArgumentException exception)
        {
            throw new TemplateFault($"{filter.Name}: {exception.Message}");
        }
    }
}
