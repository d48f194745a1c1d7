using System.Collections;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Scriban.Evaluation;
using Hermes.Scriban.Values;
using Scriban;
using Scriban.Functions;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Hermes.Scriban.Functions;

/// <summary>
/// The words that a template may use besides its variables: the functions of Scriban without those that read templates, <c>default</c>, and the filters of
/// the host. Shared by all evaluations, and closed to them.
/// </summary>
internal sealed class Language
{
    private readonly Dictionary<string, ScriptObject> _groups = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">Two filters have the same name, or one has a name of the language.</exception>
    public Language(IEnumerable<IAttributeFilter> filters, ScribanLimits limits)
    {
        foreach (var (name, word) in new BuiltinFunctions())
        {
            if (word is ScriptObject group)
                _groups.Add(name, (ScriptObject)group.Clone(deep: true));
            else if (word is not IScriptCustomFunction)
                Words.Add(name, word);
        }

        _groups["object"].Remove("eval");
        _groups["object"].Remove("eval_template");
        _groups["array"].SetValue("contains", new ContainsFunction(limits), readOnly: true);
        foreach (var (name, group) in _groups)
        {
            group.IsReadOnly = true;
            Words.Add(name, group);
        }

        Words.Add("default", new DefaultFunction());
        foreach (var filter in filters)
        {
            if (!Words.TryAdd(filter.Name, new FilterFunction(filter, limits)))
                throw new ArgumentException($"There are two filters named '{filter.Name}', or that is a name of the language.", nameof(filters));
        }

        Words.IsReadOnly = true;
    }

    /// <summary>All of them, as a template finds them.</summary>
    public ScriptObject Words { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a word stands for a function.</summary>
    public bool IsFunction(string name) => Words.TryGetValue(name, out var word) && word is IScriptCustomFunction;

    /// <summary>Whether a word stands for a group of functions.</summary>
    public bool IsGroup(string name) => _groups.ContainsKey(name);

    /// <summary>Whether a group of functions holds one of this name.</summary>
    public bool IsFunction(string group, string? name) => name is not null && _groups.TryGetValue(group, out var functions) && functions.ContainsKey(name);

    /// <summary>Whether a word stands for a constant.</summary>
    public bool IsConstant(string name) => Words.TryGetValue(name, out var word) && word is not (IScriptCustomFunction or ScriptObject);

    /// <summary>Whether an expression names the function that asks whether an item is in a list.</summary>
    public bool IsMembership(ScriptExpression? function) =>
        function is ScriptMemberExpression { Target: ScriptVariableGlobal { Name: "array" }, Member.Name: "contains" };
}

/// <summary><c>a | default b</c>: a, or b where a is not set.</summary>
internal sealed class DefaultFunction() : Function(2, 2)
{
    protected override object? Apply(TemplateContext context, ScriptArray arguments) => arguments[0] ?? arguments[1];
}

/// <summary>
/// <c>list | array.contains item</c>. An object of Hermes is asked, not walked through; in a list, the item is compared as a value, so that the text "1" is
/// not the integer 1.
/// </summary>
internal sealed class ContainsFunction(ScribanLimits limits) : Function(2, 2)
{
    protected override object? Apply(TemplateContext context, ScriptArray arguments)
    {
        var item = ScriptValues.FromScript(arguments[1], limits);
        return arguments[0] switch
        {
            null => throw new TemplateFault("A list that is not set is asked for an item. Write '| default []' after it"),
            ObjectView view => view.Object.Contains(item) ?? throw new TemplateFault($"Nothing can be in {view.Object.Description}"),
            string => throw new TemplateFault("A text is asked for an item: write string.contains"),
            IEnumerable items => items.Cast<object?>().Any(other => ScriptValues.FromScript(other, limits).Equals(item)),
            _ => throw new TemplateFault("Only a list has items"),
        };
    }
}

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
