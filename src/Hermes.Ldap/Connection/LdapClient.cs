using System.DirectoryServices.Protocols;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Connection;

/// <summary>
/// Lends connections and keeps them open between uses. After one has broken, all idle ones are closed, so that the next request opens a new one:
/// that is the reconnect.
/// </summary>
internal sealed class LdapClient(LdapConnectionOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    // Servers and firewalls close idle connections without a word, some after a few minutes. Opening a new one costs milliseconds.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(60);

    private readonly LdapConnector _connector = new(options);
    private readonly Lock _lock = new();
    private readonly Stack<LdapSession> _idle = [];
    private bool _warned;
    private bool _disposed;

    /// <summary>Lends a connection; dispose of it to give it back.</summary>
    /// <exception cref="LdapRequestException">None can be opened.</exception>
    public async Task<LdapSession> LeaseAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (TakeIdle() is { } session)
            return session;
        var (connection, address) = await _connector.OpenAsync(cancellationToken);
        Log.Connected(logger, address);
        if (!address.Tls && !string.IsNullOrEmpty(options.Password) && Interlocked.Exchange(ref _warned, true) == false)
            Log.PasswordUnprotected(logger, address);
        return new LdapSession(connection, address, _connector.Timeout, GiveBack);
    }

    /// <summary>Sends one request on a connection of its own.</summary>
    /// <exception cref="LdapRequestException">It failed, or its result is not success.</exception>
    public async Task<TResponse> SendAsync<TResponse>(DirectoryRequest request, string what, CancellationToken cancellationToken)
        where TResponse : DirectoryResponse
    {
        await using var session = await LeaseAsync(cancellationToken);
        return await session.SendAsync<TResponse>(request, what, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            CloseIdle();
        }

        _connector.Dispose();
    }

    private LdapSession? TakeIdle()
    {
        lock (_lock)
        {
            while (_idle.TryPop(out var session))
            {
                if (time.GetElapsedTime(session.IdleSince) < LongestIdle)
                    return session;
                session.Close();
            }
        }

        return null;
    }

    private void GiveBack(LdapSession session)
    {
        lock (_lock)
        {
            if (!session.IsBroken && !_disposed)
            {
                session.IdleSince = time.GetTimestamp();
                _idle.Push(session);
                return;
            }

            // What broke this one (a restarted server, a failed network) has most likely broken the idle ones too.
            CloseIdle();
        }

        if (!session.IsBroken)
            session.Close();
    }

    private void CloseIdle()
    {
        while (_idle.TryPop(out var session))
            session.Close();
    }
}
