using Scriban;
using Scriban.Runtime;

namespace Hermes.Scriban.Functions;

/// <summary><c>a | default b</c>: a, or b where a is not set.</summary>
internal sealed class DefaultFunction() : Function(2, 2)
{
    protected override object? Apply(TemplateContext context, ScriptArray arguments) => arguments[0] ?? arguments[1];
}
