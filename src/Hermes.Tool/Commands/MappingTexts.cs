using Hermes.Runtime.Configuration;
using Hermes.Tool.Configuration;
using Hermes.Tool.Control;
using Microsoft.Extensions.Configuration;

namespace Hermes.Tool.Commands;

/// <summary>The mapping of a client's data type, as the configuration has it.</summary>
internal static class MappingTexts
{
    /// <summary>Finds a mapping.</summary>
    /// <exception cref="ControlException">There is no such client or type.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(LocatedSettings located, string client, string type)
    {
        var clients = new ConfigurationBuilder().Add(located).Build().GetSection($"{SettingFiles.Root}:Clients").GetChildren().ToList();
        var found = clients.Find(one => one.Key == client) ?? throw NotFound("client", client, clients.Select(one => one.Key));
        var types = found.GetSection("DataTypes").GetChildren().ToList();
        var mapping = types.Find(one => one["Name"] == type)?.GetSection("Mapping") ?? throw NotFound("data type", type, types.Select(one => one["Name"] ?? ""));
        return [.. mapping.GetChildren().Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value ?? ""))];
    }

    private static ControlException NotFound(string what, string name, IEnumerable<string> known)
    {
        var near = NearName.Of(name, known) is { } meant ? $" Did you mean {meant}?" : "";
        return new(ExitCode.NotFound, $"The configuration has no {what} '{name}'.{near}");
    }
}
