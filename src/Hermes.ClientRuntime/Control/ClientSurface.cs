using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime.Control;

/// <summary>Where a client and those who control it meet.</summary>
/// <param name="Mailbox">What is asked of the client.</param>
/// <param name="Status">What it shows.</param>
/// <param name="CatchUp">Who waits for it to catch up.</param>
internal sealed record ClientSurface(Mailbox<ClientWork> Mailbox, ClientStatusBoard Status, CatchUp CatchUp)
{
    /// <summary>Refuses everything from now on.</summary>
    /// <param name="client">The name of the client.</param>
    /// <param name="state">How it ended.</param>
    public void Close(string client, RunState state)
    {
        Status.Enter(state);
        var reason = new NotRunningException($"client {client}", Status.Current.LastError);
        Mailbox.Close(reason);
        CatchUp.Close(reason);
    }
}
