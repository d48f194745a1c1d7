using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.State;
using Hermes.Tool.Configuration;
using Hermes.Tool.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Tool.Commands;

/// <summary>What the data models of a configuration change in what clients were told, by server.</summary>
/// <param name="Servers">The servers, each with what it would change, or why that cannot be told.</param>
internal sealed record ModelCheck(ImmutableArray<(string Name, SchemaPreview? Preview, string? Fault)> Servers)
{
    /// <summary>The exit code that says it.</summary>
    public int Outcome => Servers.Any(server => server.Fault is not null) ? ExitCode.Failed
        : Servers.Any(server => !server.Preview!.Changes.IsEmpty) ? ExitCode.Changes
        : ExitCode.Done;

    public IEnumerable<string> Lines => Servers.SelectMany(server =>
        (server.Fault ?? server.Preview!.ToString()).Split(Environment.NewLine).Select(line => $"server:{server.Name}: {line}"));

    public static async Task<ModelCheck> RunAsync(LocatedSettings settings, CancellationToken cancellationToken)
    {
        await using var made = await ToolHost.MakeAsync(settings);
        var servers = ImmutableArray.CreateBuilder<(string, SchemaPreview?, string?)>();
        foreach (var server in made.Host!.Services.GetKeyedServices<IHermesServerControl>(KeyedService.AnyKey).OrderBy(server => server.Name, StringComparer.Ordinal))
        {
            try
            {
                servers.Add((server.Name, await server.PreviewSchemaAsync(cancellationToken), null));
            }
            catch (ServerStateException exception)
            {
                servers.Add((server.Name, null, exception.Message));
            }
        }

        return new ModelCheck(servers.ToImmutable());
    }

    public JsonArray ToJson() => new([.. Servers.Select(server => (JsonNode)new JsonObject
    {
        ["server"] = server.Name,
        ["fault"] = server.Fault,
        ["isFirstStart"] = server.Preview?.IsFirstStart,
        ["changes"] = server.Preview is { } preview ? JsonSerializer.SerializeToNode(preview.Changes, JsonSerializerOptions.Web) : null,
    })]);
}
