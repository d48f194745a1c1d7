using System.Text.Json;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Http.Rest;

/// <summary>
/// A body as settings write it: JSON whose texts may be templates. A text that is one expression becomes what that yields (a list stays a list), so that no value can change what
/// the rest means.
/// </summary>
internal sealed class RestBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonNode? _document;
    private readonly Dictionary<string, RestText> _templates = new(StringComparer.Ordinal);

    private RestBody(JsonNode? document, ITemplateEngine engine)
    {
        _document = document;
        foreach (var text in Texts(document).Where(engine.IsTemplate).Distinct(StringComparer.Ordinal))
            _templates[text] = new RestText(engine.Compile(text));
    }

    /// <summary>The names that its templates read.</summary>
    public IEnumerable<string> Variables => _templates.Values.SelectMany(template => template.Variables);

    /// <summary>Whether a text is JSON.</summary>
    public static bool IsJson(string text)
    {
        try
        {
            JsonNode.Parse(text, null, Strict);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads a body.</summary>
    /// <param name="text">The text; checked.</param>
    /// <param name="engine">Compiles the templates.</param>
    /// <exception cref="TemplateException">A template is wrong.</exception>
    public static RestBody Parse(string text, ITemplateEngine engine) => new(JsonNode.Parse(text, null, Strict), engine);

    /// <summary>The body for an entry.</summary>
    /// <exception cref="Connection.HttpFaultException">A template failed.</exception>
    public string Write(Entry entry, string? id) => Filled(_document, entry, id)?.ToJsonString() ?? "null";

    /// <summary>A value as JSON; null if it is not set.</summary>
    public static JsonNode? Json(Value value) => value.IsSet ? JsonNode.Parse(PlainJson.ToText(value)) : null;

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    private JsonNode? Filled(JsonNode? node, Entry entry, string? id) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Filled(member.Value, entry, id)))),
        JsonArray items => new JsonArray([.. items.Select(item => Filled(item, entry, id))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && _templates.TryGetValue(value.GetValue<string>(), out var template) =>
            Json(template.Evaluate(entry, id)),
        _ => node?.DeepClone(),
    };
}
