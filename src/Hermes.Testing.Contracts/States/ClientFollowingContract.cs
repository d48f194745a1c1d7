using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Events.InitSync;
using Hermes.Events.Schema;
using Hermes.Runtime.State;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a client's state does with whom the client follows, and with what it gathers beside what it knows. Inherit it and make a store.</summary>
public abstract class ClientFollowingContract
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, the same for the whole test.</summary>
    protected abstract IClientStateStore Store { get; }

    [Fact]
    public async Task Whom_a_client_follows_and_what_it_has_to_make_good_come_back_as_they_were()
    {
        var following = new Following
        {
            Producer = "p2",
            Incarnation = "bus 1",
            Behind = new Lag("messages are missing", Noon, true, true),
            Others = ImmutableSortedDictionary<string, string>.Empty.Add("p9", "writes too"),
            Latest = new PassedInitSync(new InitSyncRange(new BusOffset(3), new BusOffset(9)), "p2"),
            Starts = [new MessageMark(new BusOffset(3), -7), new MessageMark(new BusOffset(11), long.MaxValue)],
            Open = new OpenInitSync(new BusOffset(11), "p3", true),
            Wanted = new WantedInitSync("Ada: restored the bus", "p3"),
            Held = [new HeldRemovalSet("SRVUsers", 12, 40, "ab12", true, Noon) { Decision = new RemovalDecision(false, "ab12", "Ada", "a mistake", Noon) }],
            HasHeld = true,
            Drops = ImmutableSortedDictionary<string, RemovalDecision>.Empty.Add("Rooms", new RemovalDecision(true, "cd34", "Eve", "not used", Noon)),
            Reinitialisation = new Reinitialisation(new PassedInitSync(new InitSyncRange(new BusOffset(3), new BusOffset(9)), "p2"), new BusOffset(20))
            {
                Next = new BusOffset(7),
                LastSequence = 40,
                Missing = [new HeldRemovalSet("SRVUsers", 1, 2, "ef56", false, Noon)],
                Schema = new DataSchema(new TypeSchema("SRVUsers", ["id"], [], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty)),
            },
        };
        await using (var state = await OpenAsync())
        {
            var setup = new ClientSetup(DataSchema.Empty, ModelSnapshot.Empty, default, ImmutableDictionary<string, ImmutableArray<string>>.Empty)
            {
                Following = following,
            };
            await state.CommitAsync(ClientProgress.None, setup, default);
        }

        await using var read = await OpenAsync();
        read.Setup!.Following.Should().BeEquivalentTo(following, options => options.ComparingByValue<BusOffset>());
    }

    [Fact]
    public async Task The_sides_of_a_type_are_apart()
    {
        EntryTable[] tables = [EntryTable.Remote("Users"), EntryTable.Local("Users"), EntryTable.Gathered("Users"), EntryTable.Held("Users")];
        await using (var state = await OpenAsync())
        {
            var entries = tables.Select(table => new TableEntry(table, StoredEntry.Settled(EntryKey.Of(1), View(table)))).ToArray();
            await state.WriteAsync(new ClientChanges(entries, [], []), default);
            await state.CommitAsync(ClientProgress.None, null, default);
        }

        await using var read = await OpenAsync();
        (await read.ReadTablesAsync(default)).Should().BeEquivalentTo(tables);
        foreach (var table in tables)
            (await read.ReadAsync(table, EntryScope.All, 0, 10, default)).Should().ContainSingle().Which.Entry.Expected.Should().Be(View(table));
    }

    private static EntryView View(EntryTable table) => new(Entry.Of(("side", table.Side.ToString())));

    private async Task<IClientState> OpenAsync() => await Store.OpenAsync(new StateOpening(new FakeTimeProvider(), _ => { }), default);
}
