using System.Globalization;
using System.Text.Json.Serialization;

namespace Hermes.Runtime.Control;

/// <summary>How an operation is doing, or how it ended.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Kind">What it does, such as <c>Retry</c>.</param>
/// <param name="About">What it is about, for people.</param>
/// <param name="By">Who wanted it, and why.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="State">How it is doing.</param>
/// <param name="Done">How many items it has done. Of a retry: how many events the target has taken.</param>
/// <param name="Passed">How many items it has gone through.</param>
/// <param name="Total">How many items there are to go through; null while that is not known.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record OperationStatus(
    string Id, string Kind, string About, DecidedBy By, DateTimeOffset StartedAt, OperationState State, long Done, long Passed, long? Total, DateTimeOffset? EndedAt, string? Error)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind} of {About} by {By.Actor}: {State}, {Done} done, {Passed}{(Total is { } total ? $" of {total}" : "")} gone through{(Error is null ? "" : $" ({Error})")}");
}

/// <summary>How an operation is doing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OperationState>))]
public enum OperationState
{
    /// <summary>It works.</summary>
    Running,

    /// <summary>It has gone through everything.</summary>
    Completed,

    /// <summary>It was cancelled; what it had done stays done.</summary>
    Cancelled,

    /// <summary>It failed; what it had done stays done.</summary>
    Failed,
}
