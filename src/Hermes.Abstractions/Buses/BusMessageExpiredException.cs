namespace Hermes.Abstractions.Buses;

/// <summary>The message at which a consumer must go on is no longer on the bus.</summary>
public sealed class BusMessageExpiredException : BusException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="wanted">The offset of the next message to read.</param>
    /// <param name="first">The first offset that the bus still keeps, or null if it keeps none.</param>
    public BusMessageExpiredException(BusOffset wanted, BusOffset? first)
        : base(
            $"The message at offset {wanted} is no longer on the bus; the first one still there is {(first is { } f ? $"at offset {f}" : "yet to come")}. "
            + "Events were removed by the bus's retention before this client read them. Lengthen the retention.",
            FaultKind.Permanent)
    {
        Wanted = wanted;
        First = first;
    }

    /// <summary>The offset of the next message to read.</summary>
    public BusOffset Wanted { get; }

    /// <summary>The first offset that the bus still keeps, or null if it keeps none.</summary>
    public BusOffset? First { get; }
}
