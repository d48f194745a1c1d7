using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime.Control;

/// <summary>Where a client and those who control it meet.</summary>
/// <param name="Client">The client, such as <c>client portal</c>.</param>
/// <param name="Mailbox">What is asked of the client.</param>
/// <param name="Status">What it shows.</param>
/// <param name="CatchUp">Who waits for it to catch up.</param>
internal sealed record ClientSurface(string Client, Mailbox<ClientWork> Mailbox, ClientStatusBoard Status, CatchUp CatchUp)
{
    /// <summary>Whether it may be served yet, or again.</summary>
    public bool IsOpen => Status.Current.State is not (RunState.NotStarted or RunState.Failed or RunState.Stopped);

    /// <summary>Why nothing can be answered now; null if it can, or will be told.</summary>
    public NotRunningException? Refusal => Status.Current switch
    {
        { State: RunState.NotStarted } => new NotRunningException(Client, "it was not started yet."),
        { State: RunState.WaitingForState, WaitsFor: var reason } => new NotRunningException(Client, reason),
        _ => null,
    };

    /// <summary>Why a request was not answered in time.</summary>
    public NotRunningException NotServing() => Status.Current switch
    {
        { LastError: { } error } => new NotRunningException(Client, error),
        { WaitsFor: { } reason } => new NotRunningException(Client, reason),
        { State: RunState.Starting } => new NotRunningException(Client, "it is starting, and waits for its target or bus."),
        _ => new NotRunningException(Client, "a call of the target is in flight."),
    };

    /// <summary>Refuses what is asked and not answered yet: it cannot be answered soon.</summary>
    public void Refuse() => Mailbox.Refuse(NotServing());

    /// <summary>Refuses everything from now on.</summary>
    /// <param name="state">How it ended.</param>
    public void Close(RunState state)
    {
        Status.Enter(state);
        var reason = new NotRunningException(Client, Status.Current.LastError);
        Mailbox.Close(reason);
        CatchUp.Close(reason);
    }
}
