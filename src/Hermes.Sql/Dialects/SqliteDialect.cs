using System.Data.Common;
using Hermes.Sql.Faults;
using Hermes.Sql.Source;
using Microsoft.Data.Sqlite;

namespace Hermes.Sql.Dialects;

/// <summary>SQLite. A statement sees one state of the file anyway, so a read needs no transaction.</summary>
internal sealed class SqliteDialect : Dialect
{
    private const string Mode = "Mode";
    private const string FailIfMissing = "FailIfMissing";

    public override ColumnReader ReaderOf(DbDataReader reader, int ordinal, ReadingRules rules) =>
        SqliteColumns.Of(reader, ordinal, rules) ?? ColumnReaders.Any;

    // A driver that creates a missing file would make an empty source of a wrong path, and that would look like removals.
    public override void Prepare(DbConnection connection, int timeoutSeconds)
    {
        var settings = new DbConnectionStringBuilder { ConnectionString = connection.ConnectionString };
        if (connection.GetType().Namespace == "System.Data.SQLite")
            settings[FailIfMissing] = "True";
        else if (!settings.TryGetValue(Mode, out var mode) || mode.ToString() is "" or "ReadWriteCreate")
            settings[Mode] = IsInMemory(connection) ? "Memory" : "ReadWrite";
        connection.ConnectionString = settings.ConnectionString;

        // The driver waits this long for a lock also where no command is asked, such as at the start of a transaction.
        if (connection is SqliteConnection sqlite)
            sqlite.DefaultTimeout = timeoutSeconds;
    }

    public override SqlFault? Explain(DbException exception, DbConnection connection) => (Code(exception) & 0xFF) switch
    {
        14 when !IsInMemory(connection) && !File.Exists(connection.DataSource) => SqlFault.MissingFile(connection.DataSource),
        14 => SqlFault.UnreadableFile(connection.DataSource),
        5 or 6 => SqlFault.Busy,
        19 => SqlFault.Constraint,
        11 or 26 => SqlFault.NotADatabase(connection.DataSource),
        3 or 8 or 23 => SqlFault.Forbidden,
        10 => SqlFault.Unreachable,
        13 => SqlFault.Full,
        18 or 20 or 25 => SqlFault.Data,
        1 => SqlFault.Query,
        _ => null,
    };

    private static int Code(DbException exception) => exception is SqliteException sqlite ? sqlite.SqliteErrorCode : exception.ErrorCode;

    private static bool IsInMemory(DbConnection connection) =>
        connection.DataSource is "" or ":memory:" || connection.DataSource.Contains("mode=memory", StringComparison.OrdinalIgnoreCase);
}
