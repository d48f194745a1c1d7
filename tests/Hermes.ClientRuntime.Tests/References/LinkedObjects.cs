using System.Globalization;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.Tests.References;

/// <summary>
/// A target as directories are: an object holds the links of others, and loses those of what is deleted. What it writes it adds and takes away by difference.
/// </summary>
internal sealed class LinkedObjects(params string[] attributes) : IClientTarget
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (EntryId Id, Dictionary<string, List<string>> Held)> _objects = [];
    private int _last;

    /// <summary>Called before anything is written; may throw.</summary>
    public Action<TargetChange> Hook { get; set; } = _ => { };

    /// <summary>What was told, in order: the kind, the entry, and its content.</summary>
    public List<string> Told { get; } = [];

    /// <summary>What each object refers to, as <c>Teams[1] members: People[2], People[3]</c>, in order.</summary>
    public IReadOnlyList<string> Held
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _objects.Values
                        .SelectMany(held => held.Held.Where(pair => pair.Value.Count > 0).Select(pair => $"{held.Id} {pair.Key}: "
                            + string.Join(", ", pair.Value.Select(link => _objects.TryGetValue(link, out var to) ? to.Id.ToString() : $"dangling {link}").Order())))
                        .Order(),
                ];
            }
        }
    }

    /// <summary>Deletes the object of an entry, as somebody does by hand.</summary>
    public void Delete(EntryId id)
    {
        lock (_gate)
            Forget(_objects.First(pair => pair.Value.Id == id).Key);
    }

    /// <summary>Writes down what happens beside.</summary>
    public void Note(string what)
    {
        lock (_gate)
            Told.Add($"    {what}");
    }

    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        lock (_gate)
            Told.Add($"{change.Kind} {change.Type}[{change.Key}]{ContentOf(change)}");
        Hook(change);
        var id = new EntryId(change.Type, change.Key);
        switch (change)
        {
            case EntryAdded added:
                await MakeAsync(id, added.Entry, context, cancellationToken);
                break;
            case EntryRecycled recycled:
                await MakeAsync(id, recycled.Entry, context, cancellationToken);
                break;
            case EntryModified modified:
                await ChangeAsync(modified, context, cancellationToken);
                break;
            default:
                lock (_gate)
                    Forget(context.Link!);
                break;
        }
    }

    private static string ContentOf(TargetChange change) => change switch
    {
        EntryAdded added => $" {Show(added.Entry)}",
        EntryRecycled recycled => $" {Show(recycled.Entry)}",
        EntryModified modified => $" {Show(modified.Previous)} -> {Show(modified.Entry)}",
        _ => "",
    };

    private static string Show(Entry entry) => string.Join(" ", entry.Select(pair => $"{pair.Key}={pair.Value}"));

    private async ValueTask MakeAsync(EntryId id, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        // An attempt that was broken off may have made it.
        string link;
        lock (_gate)
        {
            link = _objects.FirstOrDefault(pair => pair.Value.Id == id).Key ?? (++_last).ToString(CultureInfo.InvariantCulture);
            _objects[link] = (id, []);
        }

        await context.SetLinkAsync(link, cancellationToken);
        foreach (var attribute in attributes.Where(entry.ContainsKey))
            Add(link, attribute, await context.FindReferencesAsync(entry, attribute, cancellationToken));
    }

    private async ValueTask ChangeAsync(EntryModified modified, TargetContext context, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_objects.ContainsKey(context.Link!))
                throw new TargetMissingException($"The object {context.Link} is gone.");
        }

        foreach (var attribute in attributes.Where(modified.Changes.Touches))
        {
            var (before, now) = (
                await context.FindReferencesAsync(modified.Previous, attribute, cancellationToken),
                await context.FindReferencesAsync(modified.Entry, attribute, cancellationToken));
            Add(context.Link!, attribute, now.Except(before));
            lock (_gate)
                Of(context.Link!, attribute).RemoveAll(before.Except(now).Select(left => left.Link!).Contains);
        }
    }

    private void Add(string link, string attribute, IEnumerable<ReferencedEntry> referenced)
    {
        lock (_gate)
        {
            foreach (var to in referenced)
            {
                if (to.Link is null || !_objects.ContainsKey(to.Link))
                    throw new TargetException($"{to.Id} has no object, and cannot be referred to.", FaultKind.Permanent);
                if (!Of(link, attribute).Contains(to.Link))
                    Of(link, attribute).Add(to.Link);
            }
        }
    }

    private List<string> Of(string link, string attribute)
    {
        var held = _objects[link].Held;
        return held.TryGetValue(attribute, out var links) ? links : held[attribute] = [];
    }

    private void Forget(string link)
    {
        _objects.Remove(link);
        foreach (var links in _objects.Values.SelectMany(held => held.Held.Values))
            links.Remove(link);
    }
}
