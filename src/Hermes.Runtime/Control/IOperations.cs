using Hermes.Runtime.Lists;

namespace Hermes.Runtime.Control;

/// <summary>The operations of a server or client: those that run, and the last 200 that have ended since it was started. Answers at once, whatever it is doing.</summary>
public interface IOperations
{
    /// <summary>The operations, in the order in which they were begun.</summary>
    /// <param name="query">Which page. Operations have states (<see cref="OperationState"/>) and times, when they were begun. Default: the first.</param>
    /// <exception cref="ArgumentException">The list does not have what the query asks for.</exception>
    Task<Page<OperationStatus>> ListAsync(ListQuery? query = null);

    /// <summary>The operation of an id; null if there is none, or none any more.</summary>
    Operation? Find(string id);
}
