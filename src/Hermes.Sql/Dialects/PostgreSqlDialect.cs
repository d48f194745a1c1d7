using System.Data;
using System.Data.Common;
using Hermes.Abstractions.Data;
using Hermes.Sql.Faults;
using Hermes.Sql.Source;

namespace Hermes.Sql.Dialects;

/// <summary>PostgreSQL with Npgsql.</summary>
internal sealed class PostgreSqlDialect : Dialect
{
    public override IsolationLevel? Snapshot => IsolationLevel.RepeatableRead;

    // Arrays are read with nullable elements, because an array that holds a null cannot be read otherwise.
    public override ColumnReader? ReaderOf(DbDataReader reader, int ordinal) => reader.GetDataTypeName(ordinal) switch
    {
        "bigint[]" => List<long?>,
        "integer[]" => List<int?>,
        "smallint[]" => List<short?>,
        "boolean[]" => List<bool?>,
        "double precision[]" => List<double?>,
        "real[]" => List<float?>,
        "uuid[]" => List<Guid?>,
        "date[]" => List<DateOnly?>,
        var name when name.StartsWith("numeric", StringComparison.Ordinal) && name.EndsWith("[]", StringComparison.Ordinal) => List<decimal?>,
        var name when name.StartsWith("timestamp", StringComparison.Ordinal) && name.EndsWith("[]", StringComparison.Ordinal) => List<DateTime?>,
        _ => null,
    };

    public override object ToParameter(Value value) => value.Kind == ValueKind.List ? ToArray(value.AsList()) : base.ToParameter(value);

    public override SqlFault? Explain(DbException exception, DbConnection connection) => SqlStates.Explain(exception.SqlState);

    private static Value List<TElement>(DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? Value.Null : DriverValues.Convert(reader.GetFieldValue<TElement[]>(ordinal));

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
