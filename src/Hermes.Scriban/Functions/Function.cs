using Hermes.Scriban.Evaluation;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Hermes.Scriban.Functions;

/// <summary>A function of this package: its arguments come as they are, without reflection or conversion.</summary>
internal abstract class Function(int required, int most) : IScriptCustomFunction
{
    public int RequiredParameterCount => required;

    public int ParameterCount => required;

    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.Direct;

    public Type ReturnType => typeof(object);

    public ScriptParameterInfo GetParameterInfo(int index) => new(typeof(object), "value");

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
    {
        if (arguments.Count < required || arguments.Count > most)
            throw new TemplateFault($"The function takes {required} to {most} arguments, what stands before the bar included");
        return Apply(context, arguments);
    }

    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        ValueTask.FromResult(Invoke(context, callerContext, arguments, blockStatement));

    protected abstract object? Apply(TemplateContext context, ScriptArray arguments);
}
