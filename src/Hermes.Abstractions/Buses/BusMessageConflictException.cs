namespace Hermes.Abstractions.Buses;

/// <summary>The bus has another message under the id of one that was to be sent. None of the send's later messages was taken.</summary>
public sealed class BusMessageConflictException : BusException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="id">The id.</param>
    public BusMessageConflictException(string id)
        : base(
            $"The bus has another message with the id {id}: the server's state or the bus was put back to an older copy, or a second server uses a copy of the state.",
            FaultKind.Permanent) => Id = id;

    /// <summary>The id.</summary>
    public string Id { get; }
}
