using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hermes.Http.Tests.Scim;

/// <summary>PATCH as RFC 7644, 3.5.2 has it: all of it or nothing, and a path that selects nothing is an error.</summary>
internal sealed partial class ScimServer
{
    private (int Status, JsonNode? Body) Patch(string endpoint, string id, JsonObject body)
    {
        if (Find(endpoint, id) is not { } held)
            return (404, null);
        var operations = body["Operations"]!.AsArray();
        var members = operations.Where(operation => operation!["path"]!.ToString().StartsWith("members", StringComparison.Ordinal))
            .Sum(operation => (operation!["value"] as JsonArray)?.Count ?? 1);
        if (members > Quirks.MostMembers)
            throw new RefusedException(413, "tooMany", "Too many members.");
        var changed = held.DeepClone().AsObject();
        foreach (var operation in operations)
            Apply(changed, operation!["op"]!.ToString(), operation["path"]!.ToString(), operation["value"]);
        Check(endpoint, changed, id);
        Touch(changed);
        Of(endpoint)[Of(endpoint).IndexOf(held)] = changed;
        return (204, null);
    }

    private void Apply(JsonObject resource, string name, string text, JsonNode? value)
    {
        if (name is not ("add" or "replace" or "remove"))
            throw new RefusedException(400, "invalidSyntax", $"'{name}' is no operation.");
        if (name != "remove" && value is null or JsonArray { Count: 0 })
            throw new RefusedException(400, "invalidValue", "There is no value.");
        if (PathText.Match(text) is not { Success: true } path)
            throw new RefusedException(400, "invalidPath", $"'{text}' is no path.");
        var place = resource;
        if (path.Groups["urn"] is { Success: true, Value: var urn })
            place = resource[urn] as JsonObject ?? (resource[urn] = new JsonObject()).AsObject();
        var (attribute, part) = (path.Groups["name"].Value, path.Groups["part"] is { Success: true, Value: var sub } ? sub : null);
        if (path.Groups["by"].Success)
        {
            var wanted = JsonNode.Parse(path.Groups["value"].Value)!.ToString();
            var chosen = (place[attribute] as JsonArray)?.FirstOrDefault(item => Same(item![path.Groups["by"].Value], wanted))?.AsObject();
            if (chosen is null)
                throw new RefusedException(400, "noTarget", $"'{text}' selects nothing.");
            if (attribute == "members" && Quirks.IgnoresRemovalByPath)
                return;
            if (part is null && name == "remove")
                Remove(place, attribute, chosen);
            else
                Set(chosen, name, part!, value);
        }
        else if (part is not null)
        {
            Set(place[attribute] as JsonObject ?? (place[attribute] = new JsonObject()).AsObject(), name, part, value);
        }
        else if (name == "add" && value is JsonArray more && place[attribute] is JsonArray list)
        {
            foreach (var item in more.Where(item => !list.Any(held => JsonNode.DeepEquals(held, item))))
                list.Add(item!.DeepClone());
        }
        else if (name == "remove" && value is JsonArray gone && place[attribute] is JsonArray from)
        {
            foreach (var item in from.Where(item => gone.Any(one => Same(one!["value"], item!["value"]))).ToList())
                Remove(place, attribute, item!.AsObject());
        }
        else
        {
            Set(place, name, attribute, value);
        }
    }

    private static void Remove(JsonObject place, string attribute, JsonObject item)
    {
        place[attribute]!.AsArray().Remove(item);
        if (place[attribute]!.AsArray().Count == 0)
            place.Remove(attribute);
    }

    private static void Set(JsonObject place, string name, string attribute, JsonNode? value)
    {
        if (name == "remove")
            place.Remove(attribute);
        else
            place[attribute] = value!.DeepClone();
    }

    [GeneratedRegex("""^(?:(?<urn>urn:\S+):)?(?<name>[A-Za-z]+)(?:\[(?<by>\w+) eq (?<value>"[^\]]*")\])?(?:\.(?<part>\w+))?$""")]
    private static partial Regex PathText { get; }
}
