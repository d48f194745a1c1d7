using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Events.Schema;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Schema;

/// <summary>Finds the types that have left the data model with entries, and that the guard does not let go unasked.</summary>
internal sealed class DroppedTypes(ServerSettings settings, ServerSession session, RemovalGuard guard)
{
    private const int MostShown = 100;

    // Nothing polls them, so they stay as they are.
    private readonly Dictionary<string, RetainedType> _found = new(StringComparer.Ordinal);

    /// <summary>Those among the types that clients know.</summary>
    public async ValueTask<IReadOnlyList<RetainedType>> RetainAsync(DataSchema told, CancellationToken cancellationToken)
    {
        var retained = new List<RetainedType>();
        foreach (var type in told.Types.Where(type => !settings.Model.TryGetType(type.Name, out _)))
        {
            if (!_found.TryGetValue(type.Name, out var found))
                _found.Add(type.Name, found = await ReadAsync(type, cancellationToken));
            if (found.Set.Keys.Count > 0 && !guard.LetsGo(found.Set))
                retained.Add(found);
        }

        return retained;
    }

    private async ValueTask<RetainedType> ReadAsync(TypeSchema type, CancellationToken cancellationToken)
    {
        var keys = new List<Hash128>();
        await foreach (var batch in session.State.ReadKeysAsync(type.Name, cancellationToken))
            keys.AddRange(batch.Select(key => key.KeyHash));
        var first = await session.State.ReadEntriesAsync(type.Name, cancellationToken).SelectMany(batch => batch).Take(MostShown).ToListAsync(cancellationToken);
        return new RetainedType(
            type,
            new HeldSet(type.Name, HeldSet.DigestOf(type.Name, keys), keys, MustBeApproved: true),
            [.. first.Select(entry => Describe(type, CachedEntry.Decode(entry.Content).All))]);
    }

    private string Describe(TypeSchema type, Entry entry) =>
        ShortText.Cut($"<{type.Name}[{(SchemaKey.TryGet(type.Key, entry, out var key) ? key : "")}]>", settings.MaxLoggedValueLength);
}
