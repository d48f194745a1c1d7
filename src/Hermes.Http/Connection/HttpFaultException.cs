using Hermes.Abstractions;
using Hermes.Runtime.Targets;

namespace Hermes.Http.Connection;

/// <summary>A request failed. The message says what and where, and shows no credential, no parameter of the address and nothing of an answer.</summary>
internal sealed class HttpFaultException(string message, FaultKind fault, Exception? innerException = null) : RemoteFaultException(message, fault, innerException)
{
    /// <summary>How long the service asks to wait before the request is made again; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether trying again at once is of any use.</summary>
    public bool IsWorthRetrying { get; init; } = fault == FaultKind.Transient;

    /// <summary>Whether the service said that it did nothing at all: it gets too many requests, or is not there now.</summary>
    public bool IsUndone { get; init; }

    /// <summary>Whether the message says where it happened.</summary>
    public bool IsPlaced { get; private init; }

    /// <summary>The same failure, with the address where it happened; as it is if it has one.</summary>
    public HttpFaultException At(Uri address) => IsPlaced
        ? this
        : new HttpFaultException($"{WebAddress.Show(address)}: {Message}", Fault, InnerException)
        {
            RetryAfter = RetryAfter,
            IsWorthRetrying = IsWorthRetrying,
            IsUndone = IsUndone,
            IsPlaced = true,
        };
}
