using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Data;
using Hermes.Sql.Faults;
using Hermes.Sql.Source;

namespace Hermes.Sql.Dialects;

/// <summary>PostgreSQL with Npgsql.</summary>
internal sealed class PostgreSqlDialect : Dialect
{
    public override IsolationLevel? Snapshot => IsolationLevel.RepeatableRead;

    public override ColumnReader? ReaderOf(DbDataReader reader, int ordinal, ReadingRules rules) =>
        PostgreSqlColumns.Of(reader, reader.GetDataTypeName(ordinal));

    // What Npgsql says of a type whose number it does not know.
    public override bool IsOutdated(DbDataReader reader) =>
        Enumerable.Range(0, reader.FieldCount).Any(i => reader.GetDataTypeName(i) is "-.-" or "" or "<unknown>" or "unknown");

    // The driver's type is not known at compile time.
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Whoever trims a program keeps its driver whole, as the documentation says.")]
    public override async Task ReloadTypesAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (connection.GetType().GetMethod("ReloadTypesAsync", [typeof(CancellationToken)])?.Invoke(connection, [cancellationToken]) is Task reloading)
            await reloading;
        else
            connection.GetType().GetMethod("ReloadTypes", [])?.Invoke(connection, []);
    }

    public override object ToParameter(Value value) => value.Kind == ValueKind.List ? ToArray(value.AsList()) : base.ToParameter(value);

    public override SqlFault? Explain(DbException exception, DbConnection connection) => SqlStates.Explain(exception.SqlState);

    // A list of one kind is an array; a mixed one has no type that PostgreSQL knows, and becomes JSON text.
    private static object ToArray(ValueList list)
    {
        var kinds = list.Select(item => item.Kind).Distinct().ToArray();
        return kinds is not [var kind] ? PlainJson.ToText(list) : kind switch
        {
            ValueKind.String => list.Select(item => item.AsString()).ToArray(),
            ValueKind.Integer => list.Select(item => item.AsInteger()).ToArray(),
            ValueKind.Boolean => list.Select(item => item.AsBoolean()).ToArray(),
            ValueKind.Double => list.Select(item => item.AsDouble()).ToArray(),
            ValueKind.Decimal => list.Select(item => item.AsDecimal()).ToArray(),
            ValueKind.DateTime => list.Select(item => item.AsDateTime()).ToArray(),
            ValueKind.Bytes => list.Select(item => item.AsBytes().ToArray()).ToArray(),
            _ => PlainJson.ToText(list),
        };
    }
}
