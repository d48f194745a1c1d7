using Hermes.Abstractions;
using Hermes.Diff.Diffing;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Hosting;
using Hermes.ServerRuntime.State;
using Hermes.ServerRuntime.Steps;

namespace Hermes.ServerRuntime.Schema;

/// <summary>Compares a data model with what clients were told, before a server starts with it. Changes nothing.</summary>
internal static class SchemaLookAhead
{
    /// <param name="parts">The parts of the server. Its state is opened; sources and bus are not asked.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ServerStateException">The state cannot be read, or is in use.</exception>
    public static async Task<SchemaPreview> RunAsync(ServerParts parts, TimeProvider time, CancellationToken cancellationToken)
    {
        var settings = parts.Settings;
        await using var session = await ServerSession.OpenAsync(
            parts.State, settings.Model, time, static reason => throw new ServerStateException(reason, FaultKind.Transient), cancellationToken);
        if (!session.Header.IsFilled)
            return new SchemaPreview(IsFirstStart: true, []);
        var (told, schema) = (SchemaText.Read(session.Header.Schema), ModelSchema.Of(settings.Model));
        if (session.Header.Schema == SchemaText.Write(schema))
            return new SchemaPreview(IsFirstStart: false, []);
        var guard = new RemovalGuard(settings.Name, settings.RemovalGuard, session, time);
        var retained = await new DroppedTypes(settings, session, guard).RetainAsync(told, cancellationToken);
        var changes = new List<PreviewedSchemaChange>();
        foreach (var part in SchemaDifference.Between(told, schema))
        {
            changes.Add(new PreviewedSchemaChange(
                part.Type,
                part.Attribute,
                part.Text,
                await CountAsync(session.State, part, cancellationToken),
                part.Kind == SchemaPartKind.DroppedType && retained.Any(type => type.Schema.Name == part.Type)));
        }

        return new SchemaPreview(IsFirstStart: false, [.. changes]);
    }

    private static async ValueTask<long> CountAsync(IServerState state, SchemaPart part, CancellationToken cancellationToken)
    {
        if (part is not { Type: { } type, Kind: not SchemaPartKind.Other })
            return 0;
        var count = 0;
        await foreach (var batch in state.ReadEntriesAsync(type, cancellationToken))
            count += part.Attribute is { } attribute ? batch.Count(entry => CachedEntry.Decode(entry.Content).All.ContainsKey(attribute)) : batch.Count;
        return count;
    }
}
