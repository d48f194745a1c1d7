// The client beside a SQLite bus, with durable state.
// dotnet run -c Release --project benchmarks/Hermes.Client.Benchmarks [initsync] [users groups memberships]    an initsync into a target that does nothing
// dotnet run -c Release --project benchmarks/Hermes.Client.Benchmarks journal [users groups memberships]       the same with and without the journal of calls, in turn
// dotnet run -c Release --project benchmarks/Hermes.Client.Benchmarks queue [events]                           what an error queue of many events lets the client do meanwhile
// Each run is a process of its own, as is what fills the bus, so that its memory is its own.
using System.Globalization;
using Hermes.Client.Benchmarks;

var (verb, rest) = args is [var first, ..] && !char.IsDigit(first[0]) ? (first, args[1..]) : ("initsync", args);
switch (verb)
{
    case "fill":
        await BusFile.FillAsync(rest[0], Sizes.Read(rest[1..]));
        break;
    case "initsync":
        await InitSyncRun.RunAsync(Sizes.Read(rest), withJournal: true);
        break;
    case "without":
        await InitSyncRun.RunAsync(Sizes.Read(rest), withJournal: false);
        break;
    case "journal":
        await JournalComparison.RunAsync(Sizes.Read(rest));
        break;
    case "queue":
        await QueueRun.RunAsync(rest is [var events] ? int.Parse(events, CultureInfo.InvariantCulture) : 50_000);
        break;
    default:
        Console.Error.WriteLine($"Unknown word '{verb}'. Use initsync, journal or queue.");
        return 2;
}

return 0;
