using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Steps;

namespace Hermes.ServerRuntime.Control;

/// <summary>
/// Where those who only look ask a server for what it knows. They are answered while it waits, and in the midst of a poll between two batches of rows or messages; whoever is
/// not answered within a second is told why.
/// </summary>
internal sealed class ServerDesk(string server, StatusBoard<ServerStatus> status, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Mailbox<ServerServices> _mailbox = new();

    private ServerServices? _services;

    public TimeProvider Time => time;

    /// <summary>Completes when the next request arrives, whatever waits already.</summary>
    public Task NextArrival => _mailbox.NextArrival;

    /// <exception cref="NotRunningException">It was not answered in time.</exception>
    public Task<T> ReadAsync<T>(Func<ServerServices, ValueTask<T>> read, CancellationToken cancellationToken) => status.Current switch
    {
        { StartedAt: null } => Task.FromException<T>(new NotRunningException(server, "it was not started yet.")),
        { State: RunState.WaitingForState, WaitsFor: var reason } => Task.FromException<T>(new NotRunningException(server, reason)),
        _ => _mailbox.AskAsync((services, _) => read(services), Patience, time, NotServing, cancellationToken),
    };

    /// <summary>Begins to answer.</summary>
    public void Open(ServerServices services) => _services = services;

    /// <summary>Answers everything that was asked by now. Nothing else is done with the state meanwhile.</summary>
    public ValueTask ServeAsync(CancellationToken cancellationToken) => _mailbox.ServeAsync(_services!, cancellationToken);

    /// <summary>Refuses what waits and what comes.</summary>
    public void Close(NotRunningException reason) => _mailbox.Close(reason);

    private NotRunningException NotServing() => status.Current switch
    {
        { IsFailing: true, LastError: { } error } => new(server, error.Message),
        { WaitsFor: { } reason } => new(server, reason),
        { State: RunState.Starting } => new(server, "it is starting."),
        _ => new(server, "a source or the bus takes long to answer."),
    };
}
