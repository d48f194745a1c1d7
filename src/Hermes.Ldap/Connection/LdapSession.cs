using System.DirectoryServices.Protocols;

namespace Hermes.Ldap.Connection;

/// <summary>One open, bound connection, lent to one caller at a time. Disposing of it gives it back; a broken one is closed instead.</summary>
internal sealed class LdapSession(LdapConnection connection, LdapAddress address, TimeSpan timeout, Action<LdapSession> giveBack) : IAsyncDisposable
{
    /// <summary>The server.</summary>
    public LdapAddress Address { get; } = address;

    /// <summary>Whether the connection is of no more use.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>When it was last given back.</summary>
    public long IdleSince { get; set; }

    /// <summary>Sends a request and returns its successful response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="what">What it is for, to complete "... failed" in a message.</param>
    /// <param name="cancellationToken">Stops waiting; the connection is closed when the library lets go of it.</param>
    /// <exception cref="LdapRequestException">It failed, or its result is not success.</exception>
    public async Task<TResponse> SendAsync<TResponse>(DirectoryRequest request, string what, CancellationToken cancellationToken)
        where TResponse : DirectoryResponse
    {
        cancellationToken.ThrowIfCancellationRequested();
        var place = $"{what} on {Address}";
        var exchange = Task.Run(() => connection.SendRequest(request, timeout), CancellationToken.None);
        DirectoryResponse response;
        try
        {
            // The library has the limit; one that does not keep to it is abandoned.
            response = await exchange.WaitAsync(timeout + timeout, cancellationToken);
        }
        catch (TimeoutException) when (!exchange.IsCompleted)
        {
            Abandon(exchange);
            throw Failures.Of(ResultCodes.Timeout, null, place, request);
        }
        catch (OperationCanceledException)
        {
            Abandon(exchange);
            throw;
        }
        catch (Exception exception)
        {
            var failure = Failures.Of(exception, place, request);
            if (ResultCodes.EndsConnection(failure.Code))
                Close();
            throw failure;
        }

        if (response.ResultCode != ResultCode.Success)
            throw Failures.Of((int)response.ResultCode, response.ErrorMessage, place, request);
        return response as TResponse ?? throw Failures.Of(84, null, place, request);
    }

    /// <summary>Closes the connection.</summary>
    public void Close()
    {
        IsBroken = true;
        connection.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        giveBack(this);
        return ValueTask.CompletedTask;
    }

    private void Abandon(Task exchange)
    {
        IsBroken = true;
        _ = exchange.ContinueWith(_ => connection.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
