using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Sources;

/// <summary>One row that a source returned. A column whose value is <see cref="Value.Null"/> was returned, but is not set.</summary>
/// <param name="columns">The columns, shared by all rows of the read.</param>
/// <param name="values">One value per column. The array must not be changed afterwards.</param>
public sealed class SourceRow(RowColumns columns, Value[] values)
{
    /// <summary>The columns.</summary>
    public RowColumns Columns { get; } = columns;

    /// <summary>The values, in the order of the columns.</summary>
    public ReadOnlySpan<Value> Values => values;

    /// <summary>Makes a row with columns of its own.</summary>
    public static SourceRow Of(IReadOnlyDictionary<string, Value> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new SourceRow(new RowColumns(values.Keys), [.. values.Values]);
    }
}
