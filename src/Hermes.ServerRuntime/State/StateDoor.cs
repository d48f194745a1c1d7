using Hermes.Abstractions;
using Hermes.Runtime.Control;
using Hermes.Runtime.Diagnostics;
using Hermes.Runtime.Notifications;
using Hermes.Runtime.Resilience;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Hosting;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime.State;

/// <summary>Opens the state of a server: waits while another process holds it, and tries again, with back-off, while it cannot be reached.</summary>
internal sealed class StateDoor(
    ServerParts parts, Mailbox<ServerLoop> mailbox, StatusBoard<ServerStatus> status, NotificationHub notifications, TimeProvider time, ILogger log)
{
    private readonly BackOff _backOff = new(parts.Settings.Retry.FirstDelay, parts.Settings.Retry.MaxDelay, time);
    private string? _told;

    /// <summary>Opens it.</summary>
    /// <param name="waiting">Called when it is waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ServerStateException">It cannot be opened, and trying again would not help.</exception>
    public async Task<ServerSession> OpenAsync(Action waiting, CancellationToken cancellationToken)
    {
        while (true)
        {
            var arrival = mailbox.NextArrival;
            try
            {
                var session = await ServerSession.OpenAsync(parts.State, parts.Settings.Model, time, Wait, cancellationToken);
                await notifications.WorksAsync(cancellationToken);
                _backOff.Reset();
                _told = null;
                return session;
            }
            catch (ServerStateException exception) when (exception.Fault == FaultKind.Transient && !cancellationToken.IsCancellationRequested)
            {
                Wait(exception.Message);
                await notifications.FailsAsync(exception, exception.Message, cancellationToken);
                await _backOff.WaitAsync(_backOff.Next(), arrival, cancellationToken);
            }
        }

        void Wait(string reason)
        {
            status.Update(current => current with { State = RunState.WaitingForState, WaitsFor = reason, NextUpdate = null });
            if (_told != reason)
                log.WaitingForState($"server {parts.Settings.Name}", reason);
            _told = reason;
            waiting();
        }
    }
}
