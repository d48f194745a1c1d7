using Hermes.EndToEnd.Tests.Worlds;
using Hermes.Testing.Buses;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>One year of a campus, from its first load to its end: every step says exactly what was called and what changed.</summary>
public sealed class YearTests
{
    [Fact]
    public Task A_year_with_bus_and_states_in_memory() => TellAsync(new InMemoryStorage(new InMemoryBus()));

    [Fact]
    public Task A_year_with_bus_and_states_in_SQLite_files() => TellAsync(new SqliteStorage());

    private static async Task TellAsync(IWorldStorage storage)
    {
        await using var year = new Year(storage);
        await January.FirstLoadAsync(year);
        await January.NewEntriesAsync(year);
        await March.TrashbinAsync(year);
        await April.AttributesAsync(year);
        await May.TypesAsync(year);
        await June.TemplatesAsync(year);
        await July.KeysAsync(year);
        await September.RemediationAsync(year);
        await October.ForeignKeysAsync(year);
        await December.EndAsync(year);
        year.End();
    }
}
