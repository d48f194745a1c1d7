using System.Diagnostics.CodeAnalysis;
using Hermes.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hermes.Runtime.Registration;

/// <summary>
/// Owns what a server or client is made of, from the moment that it is made: everything is disposed of once, the last first, whether the
/// start succeeded or failed half-way.
/// </summary>
internal sealed class PartSet(string participant, ILogger log) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<object> _parts = [];

    /// <summary>Takes a part over.</summary>
    [return: NotNullIfNotNull(nameof(part))]
    public T? Own<T>(T? part)
        where T : class
    {
        lock (_lock)
        {
            if (part is IAsyncDisposable or IDisposable && !_parts.Any(known => ReferenceEquals(known, part)))
                _parts.Add(part);
        }

        return part;
    }

    public async ValueTask DisposeAsync()
    {
        while (TakeLast() is { } part)
        {
            try
            {
                if (part is IAsyncDisposable asynchronous)
                    await asynchronous.DisposeAsync();
                else
                    ((IDisposable)part).Dispose();
            }
            catch (Exception exception)
            {
                // The others are to be closed all the same.
                log.PartNotClosed(exception, participant, part.GetType().Name);
            }
        }
    }

    private object? TakeLast()
    {
        lock (_lock)
        {
            if (_parts is not [.., var last])
                return null;
            _parts.RemoveAt(_parts.Count - 1);
            return last;
        }
    }
}
