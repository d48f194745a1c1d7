using System.Collections.Immutable;
using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// Takes over a new data schema of the server. Types that are gone keep what lies in the trashbin; attributes that are gone are forgotten
/// by the modified events that follow; what became secret is purged; where the key changed, state, trashbin and queue are re-keyed.
/// </summary>
internal sealed class SchemaChange(ClientSession session, Purge purge)
{
    /// <exception cref="ContradictionException">The schema does not fit the entries in the state; nothing was changed.</exception>
    public async ValueTask RunAsync(DataSchema schema, CancellationToken cancellationToken)
    {
        var setup = session.Setup!;
        if (schema.Equals(setup.Schema))
            return;
        var difference = SchemaDifference.Between(setup.Schema, schema);

        // A type that comes back may have left something in the trashbin, under another key.
        TypeSchema[] rekeyed = [.. difference.Rekeyed, .. difference.New];
        var plans = new List<(string Name, RekeyPlan Plan)>();
        foreach (var type in rekeyed)
            plans.Add((type.Name, await RekeyPlan.MakeAsync(session, type)));

        // While the old schema is in force: the handlers get the keys that the target knows.
        foreach (var (name, plan) in plans)
            await purge.RunTypeAsync(name, entry => !plan.TryGetNewKey(entry.Key, out _), cancellationToken);

        var rekeying = new Rekeying(session);
        foreach (var type in rekeyed)
            await rekeying.RunAsync(type);
        var left = setup.Left.Types.Concat(difference.Gone).Where(type => !schema.TryGetType(type.Name, out _));
        var former = setup.Schema.Types.Concat(setup.Left.Types).Where(type => rekeyed.Any(now => now.Name == type.Name)).DistinctBy(type => type.Name);

        // An initsync under another schema is of no use any more.
        session.SetUp(setup with
        {
            Schema = schema,
            Left = new DataSchema(left),
            Rekeyed = new DataSchema(former),
            Following = setup.Following with { Latest = null },
        });
        await session.ReloadQueueAsync();
        if (session.Model.Kept.Any(kept => kept.WantedRemoteType is { } wanted && difference.New.Any(type => type.Name == wanted)))
            session.BeginAnew();
        foreach (var type in difference.NewSecrets)
            await PurgeSecretsAsync(type);

        await TellAsync(setup.Schema, schema, difference, cancellationToken);
        if (rekeyed.Length > 0)
            await session.CommitAsync();
        await DroppedTypes.TellAsync(session, cancellationToken);
        await RekeyedEntries.TellAsync(session, cancellationToken);
    }

    private async ValueTask PurgeSecretsAsync(TypeSchema type)
    {
        await RewriteAsync(EntryTable.Remote(type.Name), view => Without(view, type.SecretAttributes));
        foreach (var local in session.Bound.FedBy(type.Name))
        {
            string[] attributes = [.. local.Secret.Select(mapping => mapping.Local)];
            await RewriteAsync(EntryTable.Local(local.Name), view => Without(view, attributes));
            await foreach (var queued in session.ReadQueueAsync())
            {
                if (!string.Equals(queued.Event.Type, local.Name, StringComparison.Ordinal))
                    continue;
                session.PutQueued(queued with
                {
                    Event = queued.Event with
                    {
                        Remote = Without(queued.Event.Remote, type.SecretAttributes),
                        RemoteBefore = Without(queued.Event.RemoteBefore, type.SecretAttributes),
                        Local = Without(queued.Event.Local, attributes),
                    },
                });
            }
        }
    }

    private async ValueTask RewriteAsync(EntryTable table, Func<EntryView?, EntryView?> change)
    {
        await foreach (var entry in session.ReadAsync(table))
        {
            var rewritten = entry with { Applied = change(entry.Applied), Expected = change(entry.Expected) };
            if (rewritten != entry)
                session.Put(table, rewritten);
        }
    }

    private static EntryView? Without(EntryView? view, IReadOnlyCollection<string> attributes) => view is null || !attributes.Any(view.Entry.ContainsKey)
        ? view
        : view with { Entry = Abstractions.Data.Entry.Create(view.Entry.Where(attribute => !attributes.Contains(attribute.Key))) };

    private async ValueTask TellAsync(DataSchema before, DataSchema after, SchemaDifference difference, CancellationToken cancellationToken)
    {
        var log = session.Services.Log;
        var (previous, current) = (SchemaDifference.Describe(before), SchemaDifference.Describe(after));
        log.SchemaChanged(session.Model.Name, string.Join("; ", previous.Except(current).Select(line => "- " + line).Concat(current.Except(previous).Select(line => "+ " + line))));
        foreach (var finding in ModelFindings.Warnings(session.Bound))
            log.SchemaFinding(session.Model.Name, finding);
        foreach (var type in difference.Gone)
        {
            var live = (await session.Written.CountAsync(EntryTable.Remote(type.Name))).Live;
            if (live > 0)
                log.SchemaFinding(session.Model.Name, $"The server no longer has '{type.Name}', but never removed {live} of its entries. They are kept as they are.");
        }

        await session.Services.Notifications.TellAsync(NotificationTopic.SchemaChange, previous, current, cancellationToken);
    }
}

/// <summary>What differs between two data schemas of the server. Pure data.</summary>
/// <param name="Gone">Types that are gone.</param>
/// <param name="New">Types that are new.</param>
/// <param name="Rekeyed">Types, as they are now, whose key changed.</param>
/// <param name="NewSecrets">Types, as they are now, that have attributes which became secret.</param>
internal sealed record SchemaDifference(
    ImmutableArray<TypeSchema> Gone, ImmutableArray<TypeSchema> New, ImmutableArray<TypeSchema> Rekeyed, ImmutableArray<TypeSchema> NewSecrets)
{
    public static SchemaDifference Between(DataSchema before, DataSchema after)
    {
        var kept = after.Types
            .Where(type => before.TryGetType(type.Name, out _))
            .Select(type => (Now: type, Was: before.TryGetType(type.Name, out var was) ? was : type))
            .ToArray();
        return new SchemaDifference(
            [.. before.Types.Where(type => !after.TryGetType(type.Name, out _))],
            [.. after.Types.Where(type => !before.TryGetType(type.Name, out _))],
            [.. kept.Where(type => !type.Now.Key.SequenceEqual(type.Was.Key, StringComparer.Ordinal)).Select(type => type.Now)],
            [.. kept.Where(type => type.Now.SecretAttributes.Except(type.Was.SecretAttributes, StringComparer.Ordinal).Any()).Select(type => type.Now)]);
    }

    /// <summary>A schema as lines of text, for notifications.</summary>
    public static IReadOnlyList<string> Describe(DataSchema schema) =>
    [
        .. schema.Types.Select(type =>
            $"{type.Name}: key {string.Join(" + ", type.Key)}; attributes {string.Join(", ", type.Attributes)}"
            + (type.SecretAttributes.IsEmpty ? "" : $"; secret {string.Join(", ", type.SecretAttributes)}")
            + string.Concat(type.ForeignKeys.Select(key => $"; {key.Key} refers to {key.Value.ParentType}.{key.Value.ParentAttribute}"))),
    ];
}
