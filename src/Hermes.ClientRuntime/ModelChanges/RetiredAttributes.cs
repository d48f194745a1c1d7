using System.Collections.Immutable;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// The attributes that have left the client's data model while events were under way whose outcome is not known: the target may have got them with an addition that comes
/// again without them.
/// </summary>
internal static class RetiredAttributes
{
    /// <summary>Those of each local type after a change of the data model.</summary>
    /// <param name="session">The client, with the data model as it was applied last.</param>
    /// <exception cref="TemplateException">A template of before can no longer be compiled.</exception>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> After(ClientSession session)
    {
        var retired = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (!MayBeWithTarget(session))
            return retired.ToImmutable();
        foreach (var type in session.Bound.Types)
        {
            var earlier = session.Following.Retired.GetValueOrDefault(type.Name, []);
            var leaving = session.Setup!.Model.Types.TryGetValue(type.Name, out var known) ? Leaving(session, type, known) : [];
            var all = earlier.Union(leaving).Where(attribute => !IsMapped(type, attribute)).Order(StringComparer.Ordinal).ToImmutableArray();
            if (!all.IsEmpty)
                retired[type.Name] = all;
        }

        return retired.ToImmutable();
    }

    /// <summary>Forgets them when the outcome of all events is known.</summary>
    public static void Forget(ClientSession session)
    {
        if (!session.Following.Retired.IsEmpty && !MayBeWithTarget(session))
            session.Follow(session.Following with { Retired = session.Following.Retired.Clear() });
    }

    private static bool MayBeWithTarget(ClientSession session) => session.Position.MayRedeliver || session.Queue.Items.Any(item => item.WasBrokenOff);

    // What comes from a secret stays: that a client no longer sets a password is no reason to take it away.
    private static IEnumerable<string> Leaving(ClientSession session, BoundType type, TypeSnapshot known) => known.Mapping
        .Where(mapping => !IsMapped(type, mapping.Key))
        .Select(mapping => AttributeMapping.Create(mapping.Key, mapping.Value, session.Services.Templates))
        .Where(mapping => type.Remote is not { } remote || !mapping.Variables.Any(remote.SecretAttributes.Contains))
        .Select(mapping => mapping.Local);

    private static bool IsMapped(BoundType type, string attribute) =>
        type.Type.Mappings.Any(mapping => string.Equals(mapping.Local, attribute, StringComparison.Ordinal));
}
