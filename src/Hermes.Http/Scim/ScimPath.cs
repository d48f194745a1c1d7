using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hermes.Http.Scim;

/// <summary>
/// Where a value is in a resource: an attribute, a part of one, a part of the element of a list that has a type, or one part of all elements. Names are compared without regard
/// to case (RFC 7643, 2.1). Pure.
/// </summary>
/// <param name="Schema">The schema of an extension; null for attributes of the resource's own.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Type">The type of the element that is meant; null if the attribute is no list of those.</param>
/// <param name="Part">The part of the attribute or of its elements; null if the whole is meant.</param>
/// <param name="IsList">Whether the parts of all elements are meant.</param>
internal sealed partial record ScimPath(string? Schema, string Attribute, string? Type, string? Part, bool IsList)
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private const string Core = "urn:ietf:params:scim:schemas:core:2.0:";
    private const string TypeName = "type";
    private const string ValueName = "value";

    private static readonly string[] OfServer = ["id", "meta", "schemas", "groups"];
    private static readonly string[] WithoutCase = ["userName", "emails"];

    public static ScimPath ExternalId { get; } = new(null, "externalId", null, null, IsList: false);

    public static ScimPath UserName { get; } = new(null, "userName", null, null, IsList: false);

    public static ScimPath DisplayName { get; } = new(null, "displayName", null, null, IsList: false);

    public static ScimPath Active { get; } = new(null, "active", null, null, IsList: false);

    /// <summary>Whether the server alone writes it.</summary>
    public bool IsReadOnly => Schema is null && OfServer.Contains(Attribute, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the case of letters does not matter (RFC 7643, 4.1).</summary>
    public bool IgnoresCase => Schema is null && WithoutCase.Contains(Attribute, StringComparer.OrdinalIgnoreCase);

    /// <summary>The path as operations of a PATCH write it.</summary>
    public string Text => $"{Name}{(Type is null ? "" : Selection)}{(Part is null || IsList ? "" : $".{Part}")}";

    /// <summary>The path of the element of a list.</summary>
    public string Element => $"{Name}{Selection}";

    /// <summary>The attribute behind the name of its schema.</summary>
    public string Name => Schema is null ? Attribute : $"{Schema}:{Attribute}";

    /// <summary>The path as filters write it.</summary>
    public string Compared => Part is null ? Name : $"{Name}.{Part}";

    /// <summary>Whether all of an element is what its value is.</summary>
    public bool IsValueOfElement => Part == ValueName;

    private string Selection => $"[{TypeName} eq {JsonValue.Create(Type)!.ToJsonString()}]";

    /// <summary>A path as settings write it; null if it is none.</summary>
    public static ScimPath? TryParse(string text)
    {
        if (Grammar.Match(text.Trim()) is not { Success: true } match)
            return null;
        var (schema, attribute, part) = (Of("schema"), Of("attribute")!, Of("part"));
        if (schema == "enterprise")
            schema = Enterprise;
        else if (schema?.StartsWith(Core, StringComparison.OrdinalIgnoreCase) == true)
            schema = null;
        var type = Of("type") ?? Of("short");
        var isList = match.Groups["all"].Success;
        return new ScimPath(schema, attribute, type, part ?? (type is not null || isList ? ValueName : null), isList);

        string? Of(string group) => match.Groups[group] is { Success: true } found ? found.Value : null;
    }

    /// <summary>What a resource has; null if it has nothing.</summary>
    public JsonNode? Read(JsonObject resource)
    {
        var node = Container(resource)?[Attribute];
        if (IsList)
        {
            JsonNode?[] values = [.. (node as JsonArray ?? []).Select(PartOf).Where(value => value is not null).Select(value => value!.DeepClone())];
            return values.Length > 0 ? new JsonArray(values) : null;
        }

        var found = Type is not null ? ElementOf(node)?[Part!] : Part is null ? node : (node as JsonObject)?[Part];
        return found is JsonArray { Count: 0 } ? null : found;
    }

    /// <summary>Puts a value into a resource; null takes it out.</summary>
    public void Write(JsonObject resource, JsonNode? value)
    {
        if (Container(resource) is not { } container)
        {
            if (value is null)
                return;
            resource[Schema!] = container = [];
        }

        if (IsList)
            Put(container, Attribute, value is null ? null : Elements(container[Attribute] as JsonArray, value));
        else if (Type is not null)
            WriteElement(container, value);
        else if (Part is null)
            Put(container, Attribute, value?.DeepClone());
        else
            WritePart(container, value);
        if (Schema is not null && container.Count == 0)
            resource.Remove(Schema);
    }

    /// <summary>Whether there is an element of the type.</summary>
    public bool HasElement(JsonObject resource) => ElementOf(Container(resource)?[Attribute]) is not null;

    /// <summary>An element with this value.</summary>
    public JsonObject NewElement(JsonNode value) => new() { [TypeName] = Type, [Part!] = value.DeepClone() };

    /// <summary>The elements of a list with these values, those that are there as they are.</summary>
    public JsonArray Elements(JsonArray? present, JsonNode values)
    {
        var elements = new JsonArray();
        foreach (var value in values as JsonArray ?? [values.DeepClone()])
        {
            var known = present?.FirstOrDefault(element => element is JsonObject && JsonNode.DeepEquals(PartOf(element), value));
            elements.Add(known?.DeepClone() ?? new JsonObject { [Part!] = value?.DeepClone() });
        }

        return elements;
    }

    private JsonNode? PartOf(JsonNode? element) => element is JsonObject item ? item[Part!] : element;

    private JsonObject? Container(JsonObject resource) => Schema is null ? resource : resource[Schema] as JsonObject;

    private JsonObject? ElementOf(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>()
        .FirstOrDefault(item => item[TypeName] is JsonValue named && named.TryGetValue<string>(out var type) && type.Equals(Type, StringComparison.OrdinalIgnoreCase));

    private void WriteElement(JsonObject container, JsonNode? value)
    {
        var element = ElementOf(container[Attribute]);
        if (element is null && value is not null)
        {
            if (container[Attribute] is not JsonArray list)
                container[Attribute] = list = [];
            list.Add((JsonNode)NewElement(value));
        }
        else if (value is null && element is not null && IsValueOfElement)
        {
            var list = element.Parent!.AsArray();
            list.Remove(element);
            if (list.Count == 0)
                container.Remove(Attribute);
        }
        else if (element is not null)
        {
            Put(element, Part!, value?.DeepClone());
        }
    }

    private void WritePart(JsonObject container, JsonNode? value)
    {
        if (container[Attribute] is not JsonObject whole)
        {
            if (value is null)
                return;
            container[Attribute] = whole = [];
        }

        Put(whole, Part!, value?.DeepClone());
        if (whole.Count == 0)
            container.Remove(Attribute);
    }

    private static void Put(JsonObject place, string name, JsonNode? value)
    {
        if (value is null)
            place.Remove(name);
        else
            place[name] = value;
    }

    [GeneratedRegex("""
        ^ (?: (?<schema> urn:[^\[\]\s]+ | enterprise ) : )?
        (?<attribute> [A-Za-z][\w$-]* )
        (?: \[ (?: (?<all> \* ) | type \s+ eq \s+ "(?<type> [^"]+ )" | (?<short> [\w.+-]+ ) ) \] )?
        (?: \. (?<part> [$A-Za-z][\w$-]* ) )? $
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Grammar { get; }
}
