using Hermes.Abstractions.Sources;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>Rows as a source returned them.</summary>
/// <param name="Source">The source of the type.</param>
/// <param name="Rows">The rows.</param>
/// <param name="IsLast">Whether the source has no more of them.</param>
internal readonly record struct RowBatch(TypeSource Source, ReadOnlyMemory<SourceRow> Rows, bool IsLast);
