using System.Diagnostics;
using System.Globalization;
using Hermes.Diff.Benchmarks;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;

// Time and memory of polls over rows that are made in memory, at growing sizes: what the server's core costs besides reading and storing.
// Times are processor times of the whole process, so that other programs disturb them little. All figures are per entry, and less what
// making the rows takes. "kept" is what stays in memory between polls, "peak" what is live at the end of one.
var sizes = args.Length > 0 ? args.Select(size => int.Parse(size, CultureInfo.InvariantCulture)) : [10_000, 100_000, 1_000_000];
var campus = new Campus();

Console.WriteLine("|   entries | poll                   | us/entry | rows, us | allocated B | kept B | peak B |");
Console.WriteLine("|----------:|------------------------|---------:|---------:|------------:|-------:|-------:|");
RunAll([20_000], report: false);
RunAll(sizes, report: true);

void RunAll(IEnumerable<int> counts, bool report)
{
    foreach (var count in counts)
    {
        Measure(Campus.Streamed(), "streamed", count, report);
        Measure(Campus.Collected(), "two sources", count, report);
    }
}

void Measure(ServerModel model, string name, int count, bool report)
{
    var rows = Enumerable.Range(0, 3).Min(_ => Run(() => Consume(model, count)).Time);
    var allocatedByRows = Run(() => Consume(model, count)).Allocated;
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var state = new NullState(model);
    foreach (var poll in (string[])["first", "no change", "no change"])
    {
        var (time, allocated) = Run(() => RunPoll(model, state, count, () => { }));
        var peak = 0L;
        if (poll != "first")
            RunPoll(model, state, count, () => peak = GC.GetTotalMemory(forceFullCollection: true) - before);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        if (!report)
            continue;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {count,9} | {name + ", " + poll,-22} "
            + $"| {(time - rows).TotalMicroseconds / count,8:F2} | {rows.TotalMicroseconds / count,8:F2} "
            + $"| {(allocated - allocatedByRows) / count,11} | {kept / count,6} | {peak / count,6} |"));
    }
}

void Consume(ServerModel model, int count)
{
    foreach (var source in model.Types.SelectMany(type => type.Sources))
    {
        foreach (var row in campus.Rows(source, count))
            GC.KeepAlive(row);
    }
}

void RunPoll(ServerModel model, NullState state, int count, Action atEnd)
{
    var poll = new Poll(model, state);
    foreach (var type in model.Types)
        poll[type].Changes.Comparison.Watch([.. type.SentAttributes.Select(type.IndexOf)]);
    foreach (var source in poll.Sources)
    {
        poll.Prepare(source, []);
        foreach (var rows in campus.Rows(source, count).Chunk(EntryBatch.Most))
            Add(poll, new RowBatch(source, rows, IsLast: false));
        Add(poll, new RowBatch(source, default, IsLast: true));
    }

    poll.JudgeCollected(default);
    foreach (var batch in poll.Collected.SelectMany(type => type.Release(default)))
        NullState.Compare(poll, batch);
    foreach (var type in model.Types)
    {
        var removals = poll[type].Changes.Removals;
        while (removals.IsOpen)
            NullState.Refuse(removals.Find(default));
    }

    atEnd();
    poll.Commit();
}

void Add(Poll poll, RowBatch rows)
{
    var type = rows.Source.Type;
    var mapping = poll[type].MappingOf(rows.Source);
    NullState.Refuse(mapping.MapKeys(rows.Rows.Span));
    var batch = mapping.MapOthers(rows.Rows.Span);
    switch (poll[type])
    {
        case StreamedType streamed:
            streamed.Locate(batch);
            streamed.Judge(batch);
            NullState.Compare(poll, batch);
            break;
        case CollectedType collected:
            collected.Take(batch);
            if (rows.IsLast && rows.Source.Index == type.Sources.Length - 1)
                collected.Merge(default);
            break;
    }
}

static (TimeSpan Time, long Allocated) Run(Action action)
{
    GC.Collect();
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var start = Process.GetCurrentProcess().TotalProcessorTime;
    action();
    return (Process.GetCurrentProcess().TotalProcessorTime - start, GC.GetAllocatedBytesForCurrentThread() - allocated);
}
