using System.Collections.Immutable;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Mapping;

namespace Hermes.Diff.Model;

/// <summary>One source of a data type.</summary>
internal sealed class TypeSource
{
    private DataType? _type;

    internal TypeSource(int index, string name, string dataSource)
    {
        Index = index;
        Name = name;
        DataSource = dataSource;
    }

    /// <summary>The type.</summary>
    public DataType Type => _type ?? throw new InvalidOperationException("The source is not part of a type yet.");

    /// <summary>The place among the sources of the type, from 0.</summary>
    public int Index { get; }

    /// <summary>How merge constraints and messages call the source.</summary>
    public string Name { get; }

    /// <summary>The name of the data source that is read.</summary>
    public string DataSource { get; }

    /// <summary>What to read; <see cref="Polling.Poll.Prepare"/> evaluates it.</summary>
    public required OperationTemplate Fetch { get; init; }

    /// <summary>What to write back after each event of an entry was confirmed, or null.</summary>
    public required OperationTemplate? CommitOne { get; init; }

    /// <summary>What to write back when all events of the type were confirmed, or null.</summary>
    public required OperationTemplate? CommitAll { get; init; }

    /// <summary>The remote attributes that the mapping reads, in ordinal order.</summary>
    public required ImmutableArray<string> RemoteAttributes { get; init; }

    /// <summary>What the keys must have to do with those of the sources before.</summary>
    public required KeyMergeConstraint KeyMergeConstraint { get; init; }

    /// <summary>What becomes of the poll when the mapping of a row fails.</summary>
    public required BadRowPolicy OnBadRow { get; init; }

    /// <summary>How many rows a read gives at least.</summary>
    public required long ExpectAtLeast { get; init; }

    internal ImmutableArray<AttributeMapping> Mappings { get; init; } = [];

    internal ImmutableArray<ITemplate> MergeConstraints { get; init; } = [];

    internal bool TruncateDateTimes { get; init; }

    internal int MaxValueLength { get; init; }

    internal void BelongsTo(DataType type) => _type = type;

    /// <inheritdoc/>
    public override string ToString() => $"{_type?.Name}/{Name}";
}
