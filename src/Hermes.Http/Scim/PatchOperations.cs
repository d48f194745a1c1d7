using System.Text.Json.Nodes;

namespace Hermes.Http.Scim;

/// <summary>What a resource should have, path by path.</summary>
/// <param name="Path">Where.</param>
/// <param name="Value">What; null for nothing.</param>
internal readonly record struct WantedValue(ScimPath Path, JsonNode? Value)
{
    /// <summary>Whether a server never tells what it has, so that it is written without a comparison: a password.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>The operations of a PATCH that lead from what a resource has to what it should have (RFC 7644, 3.5.2). None holds a null, and none is empty. Pure.</summary>
internal static class PatchOperations
{
    public const string Schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <summary>The operations.</summary>
    public static IReadOnlyList<JsonObject> Between(JsonObject held, IEnumerable<WantedValue> wanted)
    {
        var work = held.DeepClone().AsObject();
        var operations = new List<JsonObject>();
        foreach (var one in wanted)
        {
            if (Towards(work, one) is not { } operation)
                continue;
            operations.Add(operation);
            one.Path.Write(work, one.Value);
        }

        return operations;
    }

    /// <summary>Whether a resource has what it should have.</summary>
    public static bool IsHeld(JsonObject held, WantedValue wanted) =>
        !wanted.IsHidden && ScimValue.AreSame(ScimValue.Read(wanted.Value), ScimValue.Read(wanted.Path.Read(held)), ignoresCase: false);

    /// <summary>The body of a request.</summary>
    public static JsonObject Body(IEnumerable<JsonObject> operations) =>
        new() { ["schemas"] = new JsonArray(Schema), ["Operations"] = new JsonArray([.. operations]) };

    /// <summary>One operation.</summary>
    public static JsonObject Of(string name, string path, JsonNode? value)
    {
        var operation = new JsonObject { ["op"] = name, ["path"] = path };
        if (value is not null)
            operation["value"] = value.DeepClone();
        return operation;
    }

    private static JsonObject? Towards(JsonObject held, WantedValue wanted)
    {
        var (path, value) = (wanted.Path, wanted.Value);
        if (IsHeld(held, wanted))
            return null;
        var isThere = wanted.IsHidden || path.Read(held) is not null;
        if (value is null)
            return isThere ? Of("remove", path is { Type: not null, IsValueOfElement: true } ? path.Element : path.Text, null) : null;
        if (path.IsList)
            return Of(isThere ? "replace" : "add", path.Text, path.Elements(Present(held, path), value));

        // A path that selects nothing is an error (RFC 7644, 3.5.2.3).
        return path.Type is not null && !path.HasElement(held)
            ? Of("add", path.Name, new JsonArray(path.NewElement(value)))
            : Of(isThere ? "replace" : "add", path.Text, value);
    }

    private static JsonArray? Present(JsonObject held, ScimPath path) =>
        (path.Schema is null ? held : held[path.Schema] as JsonObject)?[path.Attribute] as JsonArray;
}
