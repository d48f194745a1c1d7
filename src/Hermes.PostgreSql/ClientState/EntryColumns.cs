using Hermes.ClientRuntime.State;
using Hermes.Diff.Encoding;
using Hermes.PostgreSql.Database;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ClientState;

/// <summary>Entries by columns: each of these becomes one parameter, so that one statement writes them all.</summary>
internal sealed class EntryColumns(int count)
{
    private readonly long[] _numbers = new long[count];
    private readonly int[] _types = new int[count];
    private readonly byte[][] _keys = new byte[count][];
    private readonly short[] _presences = new short[count];
    private readonly byte[]?[] _applied = new byte[]?[count];
    private readonly long?[] _appliedTrashed = new long?[count];
    private readonly bool[] _differ = new bool[count];
    private readonly byte[]?[] _expected = new byte[]?[count];
    private readonly long?[] _expectedTrashed = new long?[count];
    private readonly string?[] _links = new string?[count];

    /// <summary>Takes entries, each under the next number: an entry that is there already keeps its own.</summary>
    public static EntryColumns Of(IReadOnlyList<TableEntry> entries, TypeRows types, ref long number)
    {
        var columns = new EntryColumns(entries.Count);
        for (var i = 0; i < entries.Count; i++)
            columns.Set(i, entries[i].Entry, types.Find(entries[i].Table)!.Value, ++number);
        return columns;
    }

    public void AddTo(NpgsqlBatchCommand command) => command
        .With(_numbers, NpgsqlDbType.Array | NpgsqlDbType.Bigint)
        .With(_types, NpgsqlDbType.Array | NpgsqlDbType.Integer)
        .With(_keys, NpgsqlDbType.Array | NpgsqlDbType.Bytea)
        .With(_presences, NpgsqlDbType.Array | NpgsqlDbType.Smallint)
        .With(_applied, NpgsqlDbType.Array | NpgsqlDbType.Bytea)
        .With(_appliedTrashed, NpgsqlDbType.Array | NpgsqlDbType.Bigint)
        .With(_differ, NpgsqlDbType.Array | NpgsqlDbType.Boolean)
        .With(_expected, NpgsqlDbType.Array | NpgsqlDbType.Bytea)
        .With(_expectedTrashed, NpgsqlDbType.Array | NpgsqlDbType.Bigint)
        .With(_links, NpgsqlDbType.Array | NpgsqlDbType.Text);

    private void Set(int i, in StoredEntry entry, int type, long number)
    {
        var (applied, expected) = (entry.Applied, entry.Expected);
        var differs = !ReferenceEquals(applied, expected) && applied != expected;
        (_numbers[i], _types[i], _keys[i], _links[i]) = (number, type, EntryCodec.EncodeKey(entry.Key), entry.Link);
        _presences[i] = (short)(expected is null ? 0 : expected.IsTrashed ? 2 : 1);
        (_applied[i], _appliedTrashed[i], _differ[i]) = (StoredView.Content(applied), StoredView.Trashed(applied), differs);
        (_expected[i], _expectedTrashed[i]) = differs ? (StoredView.Content(expected), StoredView.Trashed(expected)) : (null, null);
    }
}
