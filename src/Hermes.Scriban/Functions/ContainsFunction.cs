using System.Collections;
using Hermes.Scriban.Evaluation;
using Hermes.Scriban.Values;
using Scriban;
using Scriban.Runtime;

namespace Hermes.Scriban.Functions;

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
