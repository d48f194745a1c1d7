using System.Text.Json.Nodes;
using Hermes.Runtime.Configuration;

namespace Hermes.Tool.Configuration;

/// <summary>Writes all settings as a JSON Schema (draft 7, which editors know). Pure.</summary>
internal static class SettingSchema
{
    private const string Reference = @"\$\{(env|file|cred):";

    /// <summary>The schema of a file.</summary>
    /// <param name="root">All settings that there are.</param>
    public static JsonObject Of(RecordingSection root)
    {
        var settings = Section(root);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "A configuration of Hermes",
            ["definitions"] = new JsonObject
            {
                ["text"] = Any(Types("string"), Types("number"), Types("boolean")),
                ["flag"] = Any(Types("boolean"), Choice("true", "false"), Pattern(Reference)),
                ["whole"] = Any(Types("integer"), Pattern($"^[+-]?[0-9]+$|{Reference}")),
                ["number"] = Any(Types("number"), Pattern($"^[+-]?[0-9]+([.][0-9]+)?$|{Reference}")),
                ["time"] = Any(Types("integer"), Pattern($@"^-?([0-9]+[.])?[0-9]+(:[0-9]+){{0,2}}([.][0-9]+)?$|{Reference}")),
                ["settings"] = settings,
            },
            ["allOf"] = new JsonArray(Ref("settings")),
        };

        // The settings may stand below the name of the program, as in appsettings.json.
        var whole = (JsonObject)settings["properties"]!;
        whole[SettingFiles.Root] = Section(root);
        return schema;
    }

    private static JsonObject Section(RecordingSection section)
    {
        var properties = new JsonObject();
        foreach (var (name, setting) in section.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
            properties[name] = Setting(setting);
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject Setting(RecordingSection setting)
    {
        var ways = new List<JsonObject>();
        if (setting.Type is { } type)
            ways.Add(Value(type));
        if (setting.IsTexts)
            ways.AddRange([Ref("text"), new JsonObject { ["type"] = "array", ["items"] = Ref("text") }]);
        if (setting.Each is { } item)
            ways.Add(new JsonObject { ["type"] = "array", ["items"] = Setting(item) });
        if (setting.Named is { } named)
            ways.Add(new JsonObject { ["type"] = "object", ["additionalProperties"] = Setting(named) });
        if (setting.Kinds.Count > 0)
            ways.Add(Part(setting.Kinds));
        else if (setting.Settings.Count > 0)
            ways.Add(Section(setting));
        return ways switch
        {
            [] => new JsonObject(),
            [var only] => only,
            _ => Any([.. ways]),
        };
    }

    // What may be written depends on the kind; an editor completes it when the kind is there.
    private static JsonObject Part(IReadOnlyDictionary<string, RecordingSection> kinds)
    {
        var names = kinds.Keys.Order(StringComparer.Ordinal).ToArray();
        var ways = new JsonArray();
        foreach (var name in names)
        {
            var section = Section(kinds[name]);
            section["properties"]!["Kind"] = new JsonObject { ["const"] = name };
            var isOfKind = new JsonObject { ["properties"] = new JsonObject { ["Kind"] = new JsonObject { ["const"] = name } } };
            ways.Add((JsonNode)new JsonObject { ["if"] = isOfKind, ["then"] = section });
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["Kind"] = Choice(names) },
            ["required"] = new JsonArray("Kind"),
            ["allOf"] = ways,
        };
    }

    private static JsonObject Value(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target.IsEnum)
            return Any(Choice(Enum.GetNames(target)), Pattern(Reference));
        return Type.GetTypeCode(target) switch
        {
            TypeCode.Boolean => Ref("flag"),
            TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => Ref("whole"),
            TypeCode.Double => Ref("number"),
            _ when target == typeof(TimeSpan) => Ref("time"),
            _ => Ref("text"),
        };
    }

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    private static JsonObject Types(string name) => new() { ["type"] = name };

    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject Choice(params string[] names) => new() { ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };

    private static JsonObject Any(params JsonObject[] ways) => new() { ["anyOf"] = new JsonArray([.. ways]) };
}
