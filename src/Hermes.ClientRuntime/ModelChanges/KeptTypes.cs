using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Guard;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;
using Hermes.Runtime.Configuration;
using Hermes.Runtime.Guard;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>A local type that the configuration no longer has as it was, and that works on as it was all the same.</summary>
/// <param name="Name">The type.</param>
/// <param name="RemoteType">What feeds it, as before.</param>
/// <param name="WantedRemoteType">What is to feed it by the configuration; null if the type is to go.</param>
/// <param name="IsAwaiting">Whether somebody has to approve that its entries are removed.</param>
/// <param name="Finding">What people are told.</param>
internal sealed record KeptType(string Name, string RemoteType, string? WantedRemoteType, bool IsAwaiting, string Finding);

/// <summary>
/// Keeps local types as they were where the configuration would have all their entries removed: until the server sends the type that is to feed them, or somebody
/// approves it.
/// </summary>
internal static class KeptTypes
{
    /// <summary>The data model to work with.</summary>
    /// <exception cref="ClientStopException">A template of a type that is kept can no longer be compiled.</exception>
    public static async ValueTask<ClientModel> KeepAsync(ClientModel configured, WorkingSet work, TargetCaller target, ITemplateEngine templates)
    {
        if (work.State.Setup is not { } setup)
            return configured;
        var (types, kept) = (configured.Types, new List<KeptType>());
        foreach (var (name, known) in setup.Model.Types)
        {
            var wanted = configured.Types.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.Ordinal));
            if (string.Equals(wanted?.RemoteType, known.RemoteType, StringComparison.Ordinal) || !target.WantsAny(name))
                continue;
            var rule = wanted is null ? configured.Settings.Guard : wanted.Guard;
            if (await ReasonAsync(name, known, wanted, rule, work, setup) is not { } reason)
                continue;
            kept.Add(reason);
            if (wanted is not null)
                types = types.Remove(wanted);
            types = types.Add(new LocalType(name, known.RemoteType, [.. DroppedTypes.Mappings(templates, name, known)], null) { Guard = rule, References = known.References });
        }

        return configured with { Types = types, Kept = [.. kept] };
    }

    public static async ValueTask<HeldRemovalsInfo> DescribeAsync(KeptType kept, IAsyncEnumerable<StoredEntry> entries)
    {
        var keys = new List<string>();
        await foreach (var entry in entries)
        {
            if (entry.Expected is { IsTrashed: false })
                keys.Add(entry.Key.ToString());
        }

        var cause = kept.WantedRemoteType is null ? "the data model no longer has the type" : $"'{kept.WantedRemoteType}' is to feed it instead of '{kept.RemoteType}'";
        return new HeldRemovalsInfo(kept.Name, cause, keys.Count, keys.Count, HeldEntries.DigestOf(kept.Name, keys), true, [.. keys.Take(20)]);
    }

    private static async ValueTask<KeptType?> ReasonAsync(
        string name, TypeSnapshot known, LocalType? wanted, GuardRule? rule, WorkingSet work, ClientSetup setup)
    {
        if (wanted is not null && !setup.Schema.TryGetType(wanted.RemoteType, out _))
        {
            var near = NearName.List(wanted.RemoteType, [.. setup.Schema.Types.Select(type => type.Name)]);
            return new KeptType(
                name,
                known.RemoteType,
                wanted.RemoteType,
                false,
                $"The data type '{name}' is fed by '{wanted.RemoteType}', which the server does not send. It sends: {near}. "
                + $"Until it sends it, the type stays as it was, fed by '{known.RemoteType}'.");
        }

        var kept = new KeptType(name, known.RemoteType, wanted?.RemoteType, true, "");
        var waiting = await DescribeAsync(kept, StatePages.ReadAsync(work, EntryTable.Local(name)));
        if (rule?.HoldsRemovals((int)waiting.Count, (int)waiting.Count, 0) is not true)
            return null;
        return setup.Following.Drops.GetValueOrDefault(name) switch
        {
            { IsApproved: true } approved when approved.Digest == waiting.Digest => null,
            { IsApproved: false } rejected => kept with
            {
                IsAwaiting = false,
                Finding = $"The data type '{name}' stays as it was: {rejected.Actor} rejected its removal ({rejected.Reason}).",
            },
            _ => kept with { Finding = waiting.ToString() },
        };
    }
}
