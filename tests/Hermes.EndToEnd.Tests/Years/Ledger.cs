using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;
using Hermes.EndToEnd.Tests.Worlds;
using Hermes.Runtime.Lists;
using Hermes.Testing.Targets;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>
/// Everything that server, client and target have, as lines of text. A step of the story says which lines it takes away and which it adds; all others must be as they
/// were. At every step, the target has exactly what the applied views say.
/// </summary>
internal sealed class Ledger(World world, RecordingTarget target)
{
    private readonly Holdings _holdings = new();
    private readonly List<string> _wrong = [];
    private string[] _before = [];
    private int _calls;

    public async Task CheckAsync(string step, string calls, string views)
    {
        var called = target.Calls.Skip(_calls).ToArray();
        foreach (var call in called.Where(call => call.Failure is null))
            _holdings.TakeOver(call.Change);
        var now = await LinesAsync();
        var differences = _before.Except(now, StringComparer.Ordinal).Select(line => "- " + line)
            .Concat(now.Except(_before, StringComparer.Ordinal).Select(line => "+ " + line))
            .OrderBy(line => line[2..], StringComparer.Ordinal).ThenByDescending(line => line[0]);
        Compare(step, "calls", calls, called.Select(CallText));
        Compare(step, "views", views, differences);
        _calls += called.Length;
        _before = now;
    }

    /// <summary>Ends the story: every step was as told.</summary>
    public void Close() => Assert.True(_wrong.Count == 0, Environment.NewLine + string.Join(Environment.NewLine, _wrong));

    private void Compare(string step, string what, string told, IEnumerable<string> found)
    {
        var actual = string.Join("\n", found);
        if (!string.Equals(told, actual, StringComparison.Ordinal))
            _wrong.Add($"=== {step} --- {what}, as told:\n{told}\n=== {step} --- {what}, in fact:\n{actual}\n===");
    }

    private async Task<string[]> LinesAsync()
    {
        var lines = world.Server.Status.Types.Select(type => $"server: {type.Entries} {type.Name}").ToList();
        foreach (var count in await world.Client.CountEntriesAsync())
        {
            if (count.Live + count.Trashed > 0)
                lines.Add($"client: {count.Live} {count.Type}{(count.Trashed == 0 ? "" : $", {count.Trashed} trashed")}");
            var entries = await Pages.ReadAllAsync(query => world.Client.ListEntriesAsync(new EntryTable(count.Side, count.Type), query)).ToListAsync();
            lines.AddRange(entries.SelectMany(entry => EntryLines(count.Type, entry)));
            if (count.Side == EntrySide.Local)
                TargetShouldHave(count.Type, entries);
        }

        var queue = await Pages.ReadAllAsync(query => world.Client.ListErrorQueueAsync(query)).ToListAsync();
        lines.AddRange(queue.Select((queued, place) =>
            $"queue {place + 1}: {queued.Kind} {queued.Type}[{queued.Key}]{EntryText(queued.Entry)}, {queued.Attempts} attempts"
            + (queued.CompletedSteps.Count == 0 ? "" : $", done: {string.Join(" ", queued.CompletedSteps)}")));
        var trashbin = await Pages.ReadAllAsync(query => world.Client.ListTrashbinAsync(query)).ToListAsync();
        lines.AddRange(trashbin.Select(trashed => $"trashbin: {trashed.RemoteType}[{trashed.Key}]{EntryText(trashed.Entry)} since {trashed.Since:MM-dd HH:mm}"));
        lines.Add($"dead letters: {world.Client.Status.DeadLetters}");
        return [.. lines];
    }

    private void TargetShouldHave(string type, IReadOnlyList<StoredEntry> entries) => _holdings.Of(type).Should().Equal(
        entries.Select(entry => entry.Applied).OfType<EntryView>().Select(view => Holdings.Text(view.Entry, view.IsTrashed)).Order(StringComparer.Ordinal),
        $"the target has the {type} that the applied view has");

    private static IEnumerable<string> EntryLines(string type, StoredEntry entry)
    {
        if (Equals(entry.Applied, entry.Expected))
            return [$"{type}[{entry.Key}]{ViewText(entry.Applied!)}"];
        return new[]
        {
            entry.Applied is { } applied ? $"{type}[{entry.Key}] applied{ViewText(applied)}" : null,
            entry.Expected is { } expected ? $"{type}[{entry.Key}] expected{ViewText(expected)}" : null,
        }.OfType<string>();
    }

    private static string ViewText(EntryView view) => EntryText(view.Entry) + (view.TrashedSince is { } since ? $", trashed {since:MM-dd HH:mm}" : "");

    private static string EntryText(Entry? entry) =>
        entry is null ? "" : " {" + string.Join(", ", entry.Select(attribute => $"{attribute.Key}: {attribute.Value}")) + "}";

    private static string CallText(RecordedCall call) => call.Change switch
    {
        EntryAdded added => Text(call, EntryText(added.Entry)),
        EntryRecycled recycled => Text(call, EntryText(recycled.Entry)),
        EntryTrashed trashed => Text(call, EntryText(trashed.Entry)),
        EntryModified modified => Text(call, EntryText(modified.Previous) + " to" + EntryText(modified.Entry)),
        EntryRemoved removed => Text(call, EntryText(removed.Previous)),
        _ => throw new ArgumentOutOfRangeException(nameof(call)),
    };

    private static string Text(RecordedCall call, string content) =>
        $"{call.Change.Kind} {call.Change.Type}[{call.Change.Key}]{content}{(call.Failure is null ? "" : ", failed")}{(call.IsRedelivery ? ", again" : "")}";
}
