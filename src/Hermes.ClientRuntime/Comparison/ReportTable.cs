using System.Collections.Immutable;
using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>The report of a type as the state has it: a row about the whole of it, and one for each finding.</summary>
internal sealed class ReportTable(ClientSession session, string type)
{
    private static readonly EntryKey Head = EntryKey.Of("report");

    private readonly EntryTable _table = EntryTable.Report(type);

    /// <summary>The report; null if there is none.</summary>
    public async ValueTask<ComparisonReport?> FindAsync() =>
        (await session.FindAsync(_table, Head)).Expected is { Entry: var row } ? ReadHead(row) : null;

    /// <summary>The reports of all types.</summary>
    public static async ValueTask<IReadOnlyList<ComparisonReport>> ListAsync(ClientSession session)
    {
        var reports = new List<ComparisonReport>();
        foreach (var table in (await session.Written.ReadTablesAsync()).Where(table => table.Side == EntrySide.Report))
        {
            if (await new ReportTable(session, table.Type).FindAsync() is { } report)
                reports.Add(report);
        }

        return reports;
    }

    public void Put(ComparisonReport report) => Put(Head, Entry.Of(
        ("digest", report.Digest),
        ("time", report.Time.UtcDateTime),
        ("entries", report.Entries),
        ("objects", report.Objects),
        ("counts", ValueMap.Create(report.Counts.Select(count => KeyValuePair.Create(count.Key.ToString(), (Value)count.Value))))));

    public void Put(Finding finding) => Put(EntryKey.Of(finding.Number), Entry.Of(
        ("kind", finding.Kind.ToString()),
        ("key", finding.Key?.ToValue() ?? Value.Null),
        ("link", finding.Link),
        ("object", finding.Object),
        ("given", Values(finding, found => found.Given)),
        ("held", Values(finding, found => found.Held)),
        ("names", ValueList.Create(finding.Attributes.Select(found => (Value)found.Attribute))),
        ("trashed", finding.IsObjectTrashed),
        ("state", finding.State.ToString())));

    /// <summary>The findings of a page of the table.</summary>
    public static IEnumerable<Finding> Read(IEnumerable<NumberedEntry> page) => page.Select(row => Read(row.Entry)).OfType<Finding>();

    /// <summary>A finding; null if the row is about the whole of the report.</summary>
    public static Finding? Read(in StoredEntry row) => row.Key == Head ? null : ReadRow(row.Key[0].AsInteger(), row.Expected!.Entry);

    private void Put(EntryKey key, Entry row) => session.Put(_table, StoredEntry.Settled(key, new EntryView(row)));

    // An attribute that is not set on one side is in the map of the other.
    private static ValueMap Values(Finding finding, Func<AttributeFinding, Value> side) => ValueMap.Create(
        finding.Attributes.Where(found => side(found).IsSet).Select(found => KeyValuePair.Create(found.Attribute, side(found))));

    private ComparisonReport ReadHead(Entry row) => new(
        type,
        row.Get("digest").TryGetString(out var digest) ? digest : null,
        new DateTimeOffset(row.Get("time").AsDateTime(), TimeSpan.Zero),
        row.Get("entries").AsInteger(),
        row.Get("objects").AsInteger(),
        Map(row, "counts").ToImmutableSortedDictionary(count => Enum.Parse<FindingKind>(count.Key), count => count.Value.AsInteger()));

    private static Finding ReadRow(long number, Entry row)
    {
        var (given, held) = (Map(row, "given"), Map(row, "held"));
        return new Finding(
            number,
            Enum.Parse<FindingKind>(row.Get("kind").AsString()),
            EntryKey.TryCreate(row.Get("key"), out var key) ? key : null,
            row.Get("link").TryGetString(out var link) ? link : null,
            row.Get("object").TryGetString(out var called) ? called : null,
            [.. List(row, "names").Select(name => name.AsString()).Select(name => new AttributeFinding(name, In(given, name), In(held, name)))])
        {
            IsObjectTrashed = row.Get("trashed").AsBoolean(),
            State = Enum.Parse<FindingState>(row.Get("state").AsString()),
        };
    }

    // An entry does not keep what is empty.
    private static ValueMap Map(Entry row, string name) => row.TryGetValue(name, out var map) ? map.AsMap() : ValueMap.Empty;

    private static ValueList List(Entry row, string name) => row.TryGetValue(name, out var list) ? list.AsList() : ValueList.Empty;

    private static Value In(ValueMap values, string attribute) => values.TryGetValue(attribute, out var value) ? value : Value.Null;
}

/// <summary>The report of a comparison that is being made.</summary>
internal sealed class ReportDraft(TimeProvider time) : IDisposable
{
    private readonly Runtime.Guard.SetDigest _digest = new();
    private readonly SortedDictionary<FindingKind, long> _counts = [];
    private readonly DateTimeOffset _time = time.GetUtcNow();
    private long _number;

    public long Entries { get; set; }

    public long Objects { get; set; }

    /// <summary>The number of the next row.</summary>
    public Finding Add(FindingKind kind, EntryKey? key, string? link, string? name, ImmutableArray<AttributeFinding> attributes, bool isObjectTrashed = false)
    {
        var finding = new Finding(++_number, kind, key, link, name, attributes) { IsObjectTrashed = isObjectTrashed };
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        foreach (var part in new[] { kind.ToString(), key?.ToString() ?? "", link ?? "", isObjectTrashed ? "trashed" : "" })
            _digest.Add(part);
        foreach (var (attribute, given, held) in attributes)
            _digest.Add(string.Create(CultureInfo.InvariantCulture, $"{attribute}\0{given.Kind}\0{given}\0{held.Kind}\0{held}"));
        return finding;
    }

    public ComparisonReport Begun(string type) => new(type, null, _time, 0, 0, ImmutableSortedDictionary<FindingKind, long>.Empty);

    public ComparisonReport Complete(string type)
    {
        _digest.Add(_number.ToString(CultureInfo.InvariantCulture));
        return new(type, _digest.Complete(), _time, Entries, Objects, _counts.ToImmutableSortedDictionary());
    }

    public void Dispose() => _digest.Dispose();
}
