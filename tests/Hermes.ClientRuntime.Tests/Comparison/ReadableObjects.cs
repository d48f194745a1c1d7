using System.Globalization;
using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.Tests.Comparison;

/// <summary>A target whose objects can be read back, and that somebody else changes too: users by a number for ever and by login, all other types are accepted silently.</summary>
internal sealed class ReadableObjects : IClientTarget, IReadableTarget
{
    private readonly Lock _gate = new();
    private int _last;

    /// <summary>The objects, by their links.</summary>
    public SortedDictionary<string, Held> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>What was applied, in order.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Whether links follow from keys.</summary>
    public bool IsByKey { get; init; }

    /// <summary>The links of objects that are neither trashed nor removed.</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>The links of objects that must stay.</summary>
    public HashSet<string> Protected { get; } = [];

    /// <summary>Where the objects are.</summary>
    public string? Place { get; set; }

    /// <summary>Called before each object is told.</summary>
    public Func<TargetObject, Task> Telling { get; set; } = _ => Task.CompletedTask;

    /// <summary>Somebody else makes an object.</summary>
    public string Make(string login, string display, string? number = null)
    {
        lock (_gate)
        {
            var link = (++_last).ToString("D6", CultureInfo.InvariantCulture);
            Objects[link] = new Held(Entry.Of(("login", login), ("display", display)), number);
            return link;
        }
    }

    public string LinkOf(string login)
    {
        lock (_gate)
            return Objects.Single(one => one.Value.Content["login"] == (Value)login).Key;
    }

    public void Change(string link, string attribute, Value value)
    {
        lock (_gate)
            Objects[link] = Objects[link] with { Content = Objects[link].Content.With(attribute, value) };
    }

    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var names = change is EntryModified { Changes: var what } ? string.Join(",", what.Modified.Keys.Concat(what.Added.Keys)) : "";
            Log.Add($"{change.Kind} {change.Type}[{change.Key}] {names}".TrimEnd());
        }

        if (change.Type != "Users")
            return;
        var link = IsByKey ? LinkOf(change.Type, change.Key) : context.Link;
        switch (change)
        {
            case EntryAdded added:
                link ??= RequireFree(added.Entry);
                Put(link, added.Entry);
                if (!IsByKey)
                    await context.SetLinkAsync(link, cancellationToken);
                break;
            case EntryModified modified:
                lock (_gate)
                {
                    if (!Objects.ContainsKey(link!))
                        throw new TargetMissingException($"There is no object {link}.");
                }

                Put(link!, modified.Entry);
                break;
            case EntryRemoved or EntryTrashed when Refused.Contains(link!):
                throw new TargetException($"The object {link} is not to be touched.", FaultKind.Permanent);
            case EntryRecycled or EntryTrashed:
                lock (_gate)
                    Objects[link!] = Objects[link!] with { IsTrashed = change is EntryTrashed };
                break;
            case EntryRemoved:
                lock (_gate)
                    Objects.Remove(link!);
                break;
        }
    }

    public bool CanRead(string type) => type == "Users";

    public bool MarksTrashed(string type) => true;

    public string? LinkOf(string type, EntryKey key) => IsByKey ? $"{(Place is null ? "" : $"{Place}/")}{type}/{key}" : null;

    public string? PlaceOf(string type) => Place;

    /// <summary>The same target with another setting.</summary>
    public ReadableObjects At(string place)
    {
        Place = place;
        return this;
    }

    public async IAsyncEnumerable<TargetObject> ReadAsync(string type, IReadOnlyList<string> also, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] links;
        lock (_gate)
            links = [.. Objects.Keys];
        foreach (var link in links)
        {
            if (await FindAsync(type, link, cancellationToken) is not { } held)
                continue;
            await Telling(held);
            yield return held;
        }
    }

    public ValueTask<TargetObject?> FindAsync(string type, string link, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(Objects.TryGetValue(link, out var held)
                ? new TargetObject(link, $"cn={held.Content["login"]}", held.Content, held.IsTrashed)
                {
                    IsProtected = Protected.Contains(link),
                    Others = held.Number is null ? Entry.Empty : Entry.Of(("employeeNumber", held.Number), ("uid", held.Content["login"])),
                }
                : null);
        }
    }

    /// <summary>Names are the same whatever their case; the number is not kept.</summary>
    public bool IsSame(string type, string attribute, Value given, Value held) => attribute == "number"
        || attribute == "login" && given.TryGetString(out var mine) && held.TryGetString(out var theirs) && mine.Equals(theirs, StringComparison.OrdinalIgnoreCase);

    private string RequireFree(Entry entry)
    {
        lock (_gate)
        {
            return Objects.Values.Any(held => held.Content["login"] == entry["login"])
                ? throw new TargetException($"The name {entry["login"]} is taken by an object that nobody owns.", FaultKind.Permanent)
                : (++_last).ToString("D6", CultureInfo.InvariantCulture);
        }
    }

    private void Put(string link, Entry entry)
    {
        lock (_gate)
        {
            var before = Objects.GetValueOrDefault(link);
            Objects[link] = new Held(Entry.Create(entry.Where(attribute => attribute.Key is not ("code" or "number"))), before?.Number);
        }
    }

    /// <summary>An object.</summary>
    internal sealed record Held(Entry Content, string? Number)
    {
        public bool IsTrashed { get; init; }
    }
}
