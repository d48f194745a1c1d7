using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Contracts.Sources;

/// <summary>Reads of tests.</summary>
public static class SourceReading
{
    /// <summary>All rows, each as its values by column.</summary>
    public static async Task<List<Dictionary<string, Value>>> ReadAllAsync(
        this IDataSource source, SourceOperation operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var rows = new List<Dictionary<string, Value>>();
        await foreach (var row in source.FetchAsync(operation, cancellationToken))
            rows.Add(row.ToDictionary());
        return rows;
    }

    /// <summary>The values of a row by column.</summary>
    public static Dictionary<string, Value> ToDictionary(this SourceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        for (var i = 0; i < row.Values.Length; i++)
            values[row.Columns.Names[i]] = row.Values[i];
        return values;
    }

    /// <summary>The message of an exception and of all its causes, as a log shows it.</summary>
    public static string Everything(this Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.ToString();
    }
}
