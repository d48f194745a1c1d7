using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime.Control;

/// <summary>Where those who control a client ask it for something, and are told within a second why it is not answered.</summary>
internal sealed class ClientDesk(ClientSurface surface, TimeProvider time)
{
    // Who is not served by then is told why.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public ClientSurface Surface => surface;

    public TimeProvider Time => time;

    /// <exception cref="NotRunningException">It was not answered in time.</exception>
    public async Task<T> AskAsync<T>(Func<ClientWork, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        if (surface.Refusal is { } refusal)
            throw refusal;
        return await surface.Mailbox.AskAsync((given, _) => work(given), Patience, time, surface.NotServing, cancellationToken);
    }

    /// <summary>Asks for what the state knows.</summary>
    public Task<T> ReadAsync<T>(Func<ClientSession, ValueTask<T>> read, CancellationToken cancellationToken) => AskAsync(work => read(work.Session), cancellationToken);

    /// <summary>Asks for something that a client only does when it is initialised.</summary>
    public Task<T> AskLoopAsync<T>(Func<ClientLoop, ClientSession, ValueTask<T>> work, CancellationToken cancellationToken) => AskAsync(
        async given =>
        {
            if (given.Loop is not { } loop)
                throw new ArgumentException("The client is being initialised: its error queue and trashbin are not at rest. Ask again when it is done.");
            var answer = await work(loop, given.Session);
            surface.Status.Refresh(given.Session);
            return answer;
        },
        cancellationToken);
}
