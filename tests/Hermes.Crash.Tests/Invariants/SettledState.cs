using Hermes.Crash.Host;
using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>
/// What holds when all has settled. <i>Nothing lost</i>: what the bus tells equals the source projected through the server's model, and the target equals the source
/// projected through both.
/// </summary>
internal sealed record SettledState(BusReplay Bus, JournalReplay Journal)
{
    public static SettledState Check(RigFolder folder)
    {
        SoundState.CheckLeftBy(Role.Server, folder);
        SoundState.CheckLeftBy(Role.Client, folder);
        var bus = BusReplay.Of(folder.Bus);
        var journal = JournalReplay.Of(folder.Journal);
        Compare("the bus", SourceProjection.Server(folder.Source), bus.Entries);
        Compare("the target", SourceProjection.Client(folder.Source), journal.Live);
        if (journal.Trashed > 0)
            throw new ViolationException("Nothing lost", $"{journal.Trashed} entries were never purged from the target.");
        return new SettledState(bus, journal);
    }

    public override string ToString() =>
        $"{Bus.Events} events, {Journal.Calls} handler calls, {Journal.Redeliveries} of them redeliveries, {Journal.Failures} failed";

    private static void Compare(string place, IReadOnlyDictionary<EntryName, string> wanted, IReadOnlyDictionary<EntryName, string> found)
    {
        List<string> differences =
        [
            .. wanted.Except(found).Select(entry => $"missing {entry.Key} {entry.Value}"),
            .. found.Except(wanted).Select(entry => $"unexpected {entry.Key} {entry.Value}"),
        ];
        if (differences.Count > 0)
            throw new ViolationException("Nothing lost", $"{place} differs from the source:\n{string.Join('\n', differences.Take(20))}");
    }
}
