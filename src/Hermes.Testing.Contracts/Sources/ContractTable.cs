using Hermes.Abstractions.Data;

namespace Hermes.Testing.Contracts.Sources;

/// <summary>Data that a suite puts into a source.</summary>
/// <param name="Columns">The columns, each with the kind of its values. The first one is the key.</param>
/// <param name="Rows">The rows; a value is of its column's kind, or null.</param>
public sealed record ContractTable(IReadOnlyList<ContractColumn> Columns, IReadOnlyList<Value[]> Rows)
{
    /// <summary>A table of people: id, label and note, as many as wanted.</summary>
    public static ContractTable People(int count) => new(
        [new("id", ValueKind.Integer), new("label", ValueKind.String), new("note", ValueKind.String)],
        [.. Enumerable.Range(1, count).Select(i => new Value[] { i, $"Person {i}", i % 3 == 0 ? Value.Null : $"note {i}" })]);
}

/// <summary>A column of a <see cref="ContractTable"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The kind of its values.</param>
public sealed record ContractColumn(string Name, ValueKind Kind);
