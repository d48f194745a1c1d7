using Hermes.Crash.Host.Client;
using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Faults;

/// <summary>A file that was cut off, or in which a byte was turned over: refused with its path and what to do, left as it is, and good again when it is restored.</summary>
public sealed class DamagedFileTests
{
    public enum Damage
    {
        Truncated,
        FlippedByte,
    }

    [Theory]
    [InlineData(Damage.Truncated)]
    [InlineData(Damage.FlippedByte)]
    public async Task A_server_refuses_a_damaged_state(Damage damage)
    {
        using var campus = await QuietCampus.SettledAsync();
        var (file, whole, damaged) = Damaged(campus.Folder.ServerState, damage);

        await using (var server = campus.Start(Role.Server))
        {
            await server.LogsAsync($"{file} is damaged");
            await server.LogsAsync("restore it from a backup");
            (await server.SaysAsync("ready")).Should().BeNull("it does not start");
        }

        File.ReadAllBytes(file).Should().Equal(damaged, "what cannot be used is left as it is");
        File.WriteAllBytes(file, whole);
        campus.ChangeSource();
        await campus.ShouldHaveLostNothingAsync();
    }

    [Theory]
    [InlineData(Damage.Truncated)]
    [InlineData(Damage.FlippedByte)]
    public async Task A_client_refuses_a_damaged_state(Damage damage)
    {
        using var campus = await QuietCampus.SettledAsync();
        var (file, whole, damaged) = Damaged(campus.Folder.ClientState, damage);
        var calls = Calls(campus);

        await using (var client = campus.Start(Role.Client))
        {
            await client.LogsAsync($"{file} is damaged");
            await client.LogsAsync("restore it from a backup");
        }

        File.ReadAllBytes(file).Should().Equal(damaged, "what cannot be used is left as it is");
        Calls(campus).Should().Equal(calls, "a client without its state calls nobody");
        File.WriteAllBytes(file, whole);
        campus.ChangeSource();
        await campus.ShouldHaveLostNothingAsync();
    }

    [Theory]
    [InlineData(Role.Server, Damage.Truncated)]
    [InlineData(Role.Server, Damage.FlippedByte)]
    [InlineData(Role.Client, Damage.Truncated)]
    [InlineData(Role.Client, Damage.FlippedByte)]
    internal async Task A_damaged_bus_is_told_and_nothing_is_lost_when_it_is_restored(Role role, Damage damage)
    {
        using var campus = await QuietCampus.SettledAsync();
        var (file, whole, _) = Damaged(campus.Folder.Bus, damage);
        campus.ChangeSource();

        await using (var process = campus.Start(role))
        {
            await process.LogsAsync($"{file} is damaged");
            await process.StopAsync();
        }

        File.WriteAllBytes(file, whole);
        await campus.ShouldHaveLostNothingAsync();
    }

    private static JournalLine[] Calls(QuietCampus campus) => [.. JournalFile.Read(campus.Folder.Journal).Where(line => line.Act != JournalAct.Start)];

    private static (string File, byte[] Whole, byte[] Damaged) Damaged(string file, Damage damage)
    {
        File.Exists(file + "-wal").Should().BeFalse("a file that was closed is one file");
        var whole = File.ReadAllBytes(file);
        var damaged = damage == Damage.Truncated ? whole[..(whole.Length / 2)] : WithFlippedPageKinds(whole);
        File.WriteAllBytes(file, damaged);
        return (file, whole, damaged);
    }

    // The first byte of a page tells its kind. A byte inside a text could be anything: SQLite has no check sums.
    private static byte[] WithFlippedPageKinds(byte[] whole)
    {
        const int pageSize = 4096;
        byte[] damaged = [.. whole];
        for (var page = pageSize; page < damaged.Length; page += pageSize)
            damaged[page] ^= 0xff;
        return damaged;
    }
}
