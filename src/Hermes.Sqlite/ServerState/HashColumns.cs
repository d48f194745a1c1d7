using Hermes.Diff.Diffing;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>Hashes as blobs of 16 bytes.</summary>
internal static class HashColumns
{
    public static KeyHash GetKeyHash(this SqliteDataReader reader, int column) => KeyHash.Read(reader.GetFieldValue<byte[]>(column));

    public static Fingerprint GetFingerprint(this SqliteDataReader reader, int column) => Fingerprint.Read(reader.GetFieldValue<byte[]>(column));
}
