using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>
/// The entries of a type whose objects are not known, in the state by what would tell them: a link that follows from the key, or the text of a rule. Objects that are
/// no entry's are matched with them, so that neither need be in memory.
/// </summary>
internal sealed class CandidateTable(BoundType type, IReadableTarget target)
{
    // More than one is too many already.
    private const int Most = 3;

    private readonly EntryTable _table = EntryTable.Candidate(type.Name);

    public EntryTable Table => _table;

    /// <summary>How many ways there are to tell an object, the strongest first.</summary>
    public int Ways => type.Type.Correlation.Length + 1;

    /// <summary>Takes in entries without an object.</summary>
    public async ValueTask AddAsync(ClientSession session, IReadOnlyList<NumberedEntry> entries)
    {
        var wanted = entries.SelectMany(row => KeysOf(row).Select(key => (row.Number, row.Entry.Key, Place: key))).ToArray();
        await LoadAsync(session, wanted.Select(candidate => candidate.Place));
        foreach (var (number, key, place) in wanted)
        {
            var found = Read(session.Find(_table, place));
            if (found.Entries.Count < Most)
                Put(session, found with { Entries = [.. found.Entries, (number, key)] });
        }
    }

    /// <summary>Matches objects that are no entry's.</summary>
    /// <returns>Those that match nothing.</returns>
    public async ValueTask<IReadOnlyList<TargetObject>> MatchAsync(ClientSession session, IReadOnlyList<TargetObject> objects)
    {
        await LoadAsync(session, objects.SelectMany(KeysOf));
        var unmatched = new List<TargetObject>();
        foreach (var held in objects)
        {
            if (KeysOf(held).Select(key => Read(session.Find(_table, key))).FirstOrDefault(found => found.Entries?.Count > 0) is not { Entries: not null } match)
                unmatched.Add(held);
            else if (match.Objects.Count < Most)
                Put(session, match with { Objects = [.. match.Objects, (held.Link, held.Name)] });
        }

        return unmatched;
    }

    /// <summary>The candidates of a page of the table that an object was found for.</summary>
    public static IEnumerable<Candidate> Matched(IEnumerable<NumberedEntry> page, int way) =>
        page.Where(row => row.Entry.Key[0].AsInteger() == way).Select(row => Read(row.Entry)).Where(candidate => candidate.Objects.Count > 0);

    private ValueTask LoadAsync(ClientSession session, IEnumerable<EntryKey> places) =>
        session.LoadAsync(places.Select(place => new EntryAddress(_table, place)));

    private IEnumerable<EntryKey> KeysOf(NumberedEntry row)
    {
        var key = row.Entry.Key;
        if (target.LinkOf(type.Name, key) is { } link)
            yield return EntryKey.Of(0, link);
        var entry = (row.Entry.Applied ?? row.Entry.Expected!).Entry;
        for (var way = 1; way < Ways; way++)
        {
            foreach (var text in TextsOf(type.Type.Correlation[way - 1], entry, key))
                yield return EntryKey.Of(way, text);
        }
    }

    private IEnumerable<EntryKey> KeysOf(TargetObject held)
    {
        yield return EntryKey.Of(0, held.Link);
        for (var way = 1; way < Ways; way++)
        {
            foreach (var text in type.Type.Correlation[way - 1].TextsOf(held))
                yield return EntryKey.Of(way, text);
        }
    }

    private IEnumerable<string> TextsOf(CorrelationRule rule, Entry entry, EntryKey key)
    {
        try
        {
            return rule.TextsOf(entry);
        }
        catch (Abstractions.Templates.TemplateException exception)
        {
            throw new ArgumentException($"The rule that compares '{rule.Attribute}' fails for {type.Name}[{key}]: {exception.Message} Correct it.", exception);
        }
    }

    private void Put(ClientSession session, Candidate candidate) => session.Put(_table, StoredEntry.Settled(candidate.Place, new EntryView(Entry.Of(
        ("numbers", ValueList.Create(candidate.Entries.Select(entry => (Value)entry.Number))),
        ("keys", ValueList.Create(candidate.Entries.Select(entry => entry.Key.ToValue()))),
        ("links", ValueList.Create(candidate.Objects.Select(held => (Value)held.Link))),
        ("names", ValueList.Create(candidate.Objects.Select(held => (Value)held.Name)))))));

    private static Candidate Read(StoredEntry row)
    {
        if (row.Expected is not { Entry: var stored })
            return new Candidate(row.Key, [], []);
        var keys = List(stored, "keys").Select(value => EntryKey.TryCreate(value, out var key) ? key : throw new InvalidDataException("A candidate has no key."));
        return new Candidate(
            row.Key,
            [.. List(stored, "numbers").Select(number => number.AsInteger()).Zip(keys)],
            [.. List(stored, "links").Select(link => link.AsString()).Zip(List(stored, "names").Select(name => name.AsString()))]);
    }

    // An entry does not keep what is empty.
    private static ValueList List(Entry row, string name) => row.TryGetValue(name, out var list) ? list.AsList() : ValueList.Empty;

    /// <summary>Entries and objects that one text tells.</summary>
    /// <param name="Place">The way, and the text.</param>
    /// <param name="Entries">The entries, with their places in the order in which they came.</param>
    /// <param name="Objects">The objects, by link and name.</param>
    internal readonly record struct Candidate(EntryKey Place, IReadOnlyList<(long Number, EntryKey Key)> Entries, IReadOnlyList<(string Link, string Name)> Objects);
}
