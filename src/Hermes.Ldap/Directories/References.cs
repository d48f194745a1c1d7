using Hermes.Abstractions.Data;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Directories;

/// <summary>Corrects what groups hold of the entries of one type when those are renamed or deleted, where the server does not do it.</summary>
internal sealed class References(IReadOnlyList<MemberReference> places, ILogger logger)
{
    /// <summary>The places that refer to the entries.</summary>
    public IReadOnlyList<MemberReference> Places { get; } = places;

    /// <summary>Whether a change of an entry changes what groups hold of it.</summary>
    public bool Differ(Entry previous, Entry next) => Places.Any(place => !place.Value.Same(place.Value.Of(previous), place.Value.Of(next)));

    /// <summary>Replaces what groups hold of an entry.</summary>
    public async Task ReplaceAsync(Entry previous, Entry next, CancellationToken cancellationToken)
    {
        foreach (var place in Places)
        {
            var (old, @new) = (place.Value.Of(previous), place.Value.Of(next));
            if (!place.Value.Same(old, @new))
                await EachAsync(place, old, group => place.Members.ReplaceAsync(group, old, @new, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Takes an entry out of all groups.</summary>
    public async Task RemoveAsync(Entry entry, CancellationToken cancellationToken)
    {
        foreach (var place in Places)
        {
            var value = place.Value.Of(entry);
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
