using System.Globalization;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.Tests.Targets;

/// <summary>
/// A target as directories are: its objects have a number for ever and a name that no two have, and somebody else may rename, move and delete them.
/// </summary>
internal sealed class NamedObjects : IClientTarget
{
    private readonly Lock _gate = new();
    private int _last;

    /// <summary>The names of the objects, by their links.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>What was done, in order.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Called after an object was made and linked.</summary>
    public Action<EntryKey> Made { get; set; } = _ => { };

    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case EntryAdded added:
                var link = context.Link ?? await MakeAsync(added.Entry["login"].AsString(), context, cancellationToken);
                await context.SetLinkAsync(link, cancellationToken);
                Made(added.Key);
                break;
            case EntryModified modified:
                Rename(context.Link!, modified.Entry["login"].AsString());
                break;
            case EntryRemoved:
                Locked(() => Names.Remove(context.Link!));
                break;
        }

        Locked(() => Log.Add($"{change.Kind} {change.Key} {context.Link}"));
    }

    private async ValueTask<string> MakeAsync(string name, TargetContext context, CancellationToken cancellationToken)
    {
        if (Holder(name) is { } holder)
        {
            throw await context.FindOwnerAsync(holder, cancellationToken) is { } owner
                ? new TargetConflictException($"The name {name} is taken by {owner}.", holder)
                : new TargetException($"The name {name} is taken by an object that nobody owns.", FaultKind.Permanent);
        }

        return Locked(() =>
        {
            var link = (++_last).ToString(CultureInfo.InvariantCulture);
            Names[link] = name;
            return link;
        });
    }

    private void Rename(string link, string name) => Locked(() =>
    {
        if (!Names.ContainsKey(link))
            throw new TargetMissingException($"There is no object {link}.");
        if (Holder(name) is { } holder && holder != link)
            throw new TargetConflictException($"The name {name} is taken by {holder}.", holder);
        return Names[link] = name;
    });

    private string? Holder(string name) => Locked(() => Names.FirstOrDefault(one => one.Value == name).Key);

    private T Locked<T>(Func<T> work)
    {
        lock (_gate)
            return work();
    }

    private void Locked(Action work)
    {
        lock (_gate)
            work();
    }
}
