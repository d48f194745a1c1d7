namespace Hermes.Abstractions.Sources;

/// <summary>
/// A data source that can be written back to, for data types with <c>CommitOne</c> or <c>CommitAll</c>. A source that is only read does not
/// implement it; a data type that would write back to such a source is an error of the configuration.
/// </summary>
public interface IWritableSource : IDataSource
{
    /// <summary>Adds, modifies or deletes what the operation says. It may be called again with the same operation if the process ended meanwhile.</summary>
    /// <param name="operation">
    /// What to do; its kind is <see cref="SourceOperationKind.Add"/>, <see cref="SourceOperationKind.Modify"/> or <see cref="SourceOperationKind.Delete"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the write.</param>
    /// <exception cref="SourceException">The write failed; nothing of it is stored.</exception>
    Task ExecuteAsync(SourceOperation operation, CancellationToken cancellationToken);
}
