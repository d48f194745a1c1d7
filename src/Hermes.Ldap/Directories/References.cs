using Hermes.Abstractions.Data;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Directories;

/// <summary>Corrects what groups hold of the objects of one type when those are renamed or deleted, where the server does not do it.</summary>
internal sealed class References(IReadOnlyList<MemberReference> places, ILogger logger)
{
    /// <summary>Whether anything refers to the objects.</summary>
    public bool AreAny => places.Count > 0;

    /// <summary>The attributes of the objects that groups hold.</summary>
    public IEnumerable<string> Attributes => places.Select(place => place.Value.Attribute).OfType<string>();

    /// <summary>Whether groups may hold of an object what is not its any more.</summary>
    public bool Differ(IReadOnlyList<ObjectName> former, ObjectName now) => places.Any(place => place.Value.Outdated(former, now).Any());

    /// <summary>Replaces what groups hold of an object.</summary>
    public async Task ReplaceAsync(IReadOnlyList<ObjectName> former, ObjectName now, CancellationToken cancellationToken)
    {
        foreach (var place in places)
        {
            foreach (var old in place.Value.Outdated(former, now))
                await EachAsync(place, old, group => place.Members.ReplaceAsync(group, old, place.Value.Of(now), cancellationToken), cancellationToken);
        }
    }

    /// <summary>Takes an object out of all groups.</summary>
    public async Task RemoveAsync(IReadOnlyList<ObjectName> former, CancellationToken cancellationToken)
    {
        foreach (var place in places)
        {
            foreach (var value in place.Value.All(former))
                await EachAsync(place, value, group => place.Members.RemoveAsync(group, [value], cancellationToken), cancellationToken);
        }
    }

    private async Task EachAsync(MemberReference place, Value value, Func<string, Task> correct, CancellationToken cancellationToken)
    {
        var groups = await place.Members.FindAsync(place.Base, value, cancellationToken);
        foreach (var group in groups)
            await correct(group);
        if (groups.Count > 0)
            Log.ReferencesCorrected(logger, value.AsString(), groups.Count);
    }
}
