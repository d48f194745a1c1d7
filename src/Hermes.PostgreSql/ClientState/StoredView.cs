using Hermes.ClientRuntime.State;
using Hermes.Diff.Encoding;
using Npgsql;

namespace Hermes.PostgreSql.ClientState;

/// <summary>A view of an entry as it lies in two columns: its content, and since when it is in the trashbin.</summary>
internal static class StoredView
{
    public static EntryView? Read(NpgsqlDataReader row, int content, int trashed) => row.IsDBNull(content)
        ? null
        : new EntryView(EntryCodec.Decode(row.GetFieldValue<byte[]>(content)), row.IsDBNull(trashed) ? null : new DateTimeOffset(row.GetInt64(trashed), TimeSpan.Zero));

    public static byte[]? Content(EntryView? view) => view is null ? null : EntryCodec.Encode(view.Entry);

    public static long? Trashed(EntryView? view) => view?.TrashedSince?.UtcTicks;
}
