using Hermes.Runtime.Guard;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>
/// Compares what the target holds with what it was given, and puts right what differs, if somebody decides so. It works beside the client, which goes on
/// meanwhile: what changes while it is compared is looked at again until it is at rest.
/// </summary>
/// <remarks>Every method throws <see cref="Runtime.Control.NotRunningException"/> if the client is not running, or ends meanwhile.</remarks>
public interface IClientComparisons
{
    /// <summary>
    /// Reads all objects of a type from the target and compares them with the entries. Only reads. Replaces the report of the comparison before.
    /// </summary>
    /// <param name="type">The local data type.</param>
    /// <param name="cancellationToken">Ends the comparison; its report is then not complete.</param>
    /// <exception cref="ArgumentException">
    /// The client has no such type, its target cannot be read back, it is compared already, or the client is paused or not initialised.
    /// </exception>
    /// <exception cref="Abstractions.Targets.TargetException">The target did not tell all of its objects.</exception>
    Task<ComparisonReport> CompareAsync(string type, CancellationToken cancellationToken = default);

    /// <summary>The latest report of each type that was compared.</summary>
    /// <param name="query">Which page. Reports have types and times. Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<ComparisonReport>> ListReportsAsync(ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>The rows of a report, in their order.</summary>
    /// <param name="type">The local data type.</param>
    /// <param name="query">
    /// Which page. Rows have keys, kinds (<see cref="FindingKind"/>) and states (<see cref="FindingState"/>), and the text is what people call the object. Default: the first.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<Finding>> ListFindingsAsync(string type, ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Does what was decided about the rows of a report. Each is looked at again: where entry or object are not as they were, nothing is done. What is done is in the
    /// state; if the process ends meanwhile, the same request does the rest.
    /// </summary>
    /// <param name="request">What was decided.</param>
    /// <param name="cancellationToken">Ends it; what was done by then stays done.</param>
    /// <exception cref="HeldSetChangedException">There is another report by now.</exception>
    /// <exception cref="ArgumentException">
    /// There is no complete report of the type, the client is paused or not initialised, or the policy of the type does not allow it.
    /// </exception>
    /// <exception cref="Abstractions.Targets.TargetException">The target could not be read.</exception>
    Task<RepairOutcome> RepairAsync(RepairRequest request, CancellationToken cancellationToken = default);
}
