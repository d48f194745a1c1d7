using Hermes.Crash.Host;
using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>
/// <i>State sound</i>: the files are whole, and no row of them is an orphan: each view that waits for the target has an event in the queue or lies in the trashbin,
/// each waiting event has a number that was given out, each write-back an event. And no secret is in them.
/// </summary>
internal static class SoundState
{
    private const string Name = "State sound";

    /// <summary>Checks what a killed process left. Nobody else uses its state, so a copy is looked into: the process that follows recovers the original by itself.</summary>
    public static void CheckLeftBy(Role role, RigFolder folder)
    {
        if (role == Role.Server)
            Open(folder.Bus, "hermesmessages", isLeftAlone: true)?.Dispose();
        var copy = Directory.CreateTempSubdirectory("hermes-crash-copy-").FullName;
        try
        {
            if (role == Role.Server)
                CheckServer(Copy(folder.ServerState, copy));
            else
                CheckClient(Copy(folder.ClientState, copy));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static string Copy(string path, string folder)
    {
        var copy = Path.Combine(folder, Path.GetFileName(path));
        foreach (var suffix in new[] { "", "-wal" })
        {
            if (File.Exists(path + suffix))
            {
                SecretKept.CheckFile(path + suffix);
                File.Copy(path + suffix, copy + suffix);
            }
        }

        return copy;
    }

    private static void CheckServer(string path)
    {
        using var state = Open(path, "outbox");
        if (state is null)
            return;
        Expect(state, path, "an event in the outbox beyond the last number", "select sequence from outbox where sequence > (select last_sequence from header)");
        Expect(
            state, path, "a gap in the outbox", "select min(sequence), max(sequence), count(*) from outbox having count(*) > 0 and max(sequence) - min(sequence) + 1 <> count(*)");
        Expect(state, path, "a write-back of an event that never was", "select number from write_backs where sequence > (select last_sequence from header)");
        foreach (var type in state.Rows("select number, name from types").ToList())
        {
            if (state.HasTable($"entries_{type[0]}"))
                Expect(state, path, $"a key twice among the {type[1]}", $"select hex(key_hash) from entries_{type[0]} group by key_hash having count(*) > 1");
        }
    }

    private static void CheckClient(string path)
    {
        using var state = Open(path, "queue");
        if (state is null)
            return;
        Expect(state, path, "a waiting event beyond the last number", "select number from queue where number >= (select queuenumber from progress)");
        Expect(state, path, "an entry of an unknown type", "select number from entries where type not in (select id from types)");
        Expect(
            state,
            path,
            "an entry that waits for nothing",
            """
            select types.name, hex(key) from entries join types on types.id = entries.type
            where differs and presence <> 2 and not exists (
                select 1 from queue where queue.key = entries.key and types.name = case types.side when 0 then queue.remotetype else queue.type end)
            """);
    }

    private static SqliteFile? Open(string path, string table, bool isLeftAlone = false)
    {
        if (!File.Exists(path))
            return null;
        var file = new SqliteFile(path, isLeftAlone);
        Expect(file, path, "damage", "select integrity_check from pragma_integrity_check where integrity_check <> 'ok'");
        if (file.HasTable(table))
            return file;
        file.Dispose();
        return null;
    }

    private static void Expect(SqliteFile file, string path, string finding, string sql)
    {
        if (file.Rows(sql).FirstOrDefault() is { } row)
            throw new ViolationException(Name, $"{Path.GetFileName(path)} has {finding}: {string.Join(", ", row)}");
    }
}
