using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Tool.Commands;

/// <summary>What mappings make of an entry, as with a client: a name is an attribute, and a template that reads what the entry lacks leaves its own unset. Pure.</summary>
internal sealed class MappingTrial(ITemplateEngine engine, Entry entry)
{
    /// <summary>The value of a mapping as JSON, null if it is not set; or why there is none.</summary>
    public (JsonNode? Value, string? Error) Of(string text)
    {
        if (!engine.IsTemplate(text))
            return (Json(entry.TryGetValue(text, out var value) ? value : Value.Null), null);
        ITemplate? template = null;
        try
        {
            template = engine.Compile(text);
            return (Json(template.Evaluate([.. template.Variables.Select(ValueOf)])), null);
        }
        catch (TemplateException exception) when (exception.IsUndefined && template?.Variables.Any(name => !entry.ContainsKey(name)) == true)
        {
            return (null, null);
        }
        catch (TemplateException exception)
        {
            return (null, exception.Message.ReplaceLineEndings("\n").Split('\n')[0]);
        }
    }

    private Value ValueOf(string name) => entry.TryGetValue(name, out var value) ? value : Value.Undefined;

    private static JsonNode? Json(Value value) => value.Kind is ValueKind.Null or ValueKind.Undefined ? null : JsonNode.Parse(PlainJson.ToText(value));
}
