using System.Collections.Immutable;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Mapping;
using Hermes.Events.Schema;
using Hermes.Runtime.Hosting;

namespace Hermes.ClientRuntime.Hosting;

/// <summary>What a client connects to: the bus, and each type of a target that can be read back.</summary>
internal static class ClientConnections
{
    public static IEnumerable<ConnectionTrial> Of(string path, ClientParts parts)
    {
        yield return new($"{path}:Bus", "bus", async cancellationToken =>
        {
            _ = await parts.Bus.GetLastOffsetAsync(cancellationToken);
            return true;
        });
        if (parts.Target is not IReadableTarget)
        {
            yield return new($"{path}:Target", "target", _ => Task.FromResult(false));
            yield break;
        }

        foreach (var type in parts.Model.Types)
            yield return new($"{path}:Target", $"target for {type.Name}", cancellationToken => ReadAsync(parts, type.Name, cancellationToken));
    }

    private static async Task<bool> ReadAsync(ClientParts parts, string type, CancellationToken cancellationToken)
    {
        var schema = Guess(parts.Model);
        try
        {
            await parts.Target.StartAsync([.. new BoundModel(parts.Model, schema).ToTargetTypes(schema)], cancellationToken);
        }
        catch (HermesConfigurationException)
        {
            // Only the server's schema tells whether that is so.
            return false;
        }

        var target = (IReadableTarget)parts.Target;
        if (!target.CanRead(type))
            return false;
        await foreach (var _ in target.ReadAsync(type, [], cancellationToken).WithCancellation(cancellationToken))
            break;
        return true;
    }

    // The server has told nothing yet: its types have what is mapped, and their first attribute stands for their keys. What is read is not looked at.
    private static DataSchema Guess(ClientModel model) => new(model.Types.GroupBy(type => type.RemoteType, StringComparer.Ordinal).Select(types =>
    {
        var copies = types.SelectMany(type => type.Mappings).OfType<AttributeMapping.Copy>();
        ImmutableArray<string> names = [.. copies.Select(mapping => mapping.Text).Distinct().Order(StringComparer.Ordinal)];
        return new TypeSchema(types.Key, names, [], [.. names.Take(1)], ImmutableSortedDictionary<string, ForeignKey>.Empty);
    }));
}
