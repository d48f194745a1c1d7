using Hermes.Abstractions.Notifications;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Notifications;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.Reporting;
using Hermes.ServerRuntime.State;
using Hermes.ServerRuntime.Steps;
using Hermes.ServerRuntime.WriteBack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.ServerRuntime.Hosting;

/// <summary>
/// A server in a host: checks its configuration when the host starts, opens its state, and then works until the host stops.
/// </summary>
internal sealed class HermesServer : BackgroundService
{
    private readonly ServerRegistration _registration;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StatusBoard _status;
    private readonly RequestQueue _requests = new();
    private ServerParts? _parts;
    private ServerSession? _session;

    public HermesServer(ServerRegistration registration, IServiceProvider services)
    {
        _registration = registration;
        _services = services;
        _time = services.GetRequiredService<TimeProvider>();
        _logger = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("Hermes.Server");
        _status = new StatusBoard(registration.Name);
        Control = new HermesServerControl(registration.Name, _status, _requests);
    }

    public IHermesServerControl Control { get; }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _parts = new ServerAssembly(_registration, _services).Assemble();
        foreach (var warning in _parts.Settings.Model.Warnings)
            Log.ModelWarning(_logger, _registration.Name, warning.Path, warning.Problem, warning.Fix);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // A state is locked for others until it is closed; a second server may wait for it.
        if (ExecuteTask is null or { IsCompleted: true })
            await CloseAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts its other services meanwhile.
        await Task.Yield();
        try
        {
            _session = await OpenAsync(_parts!, stoppingToken);
            await MakeLoop(_parts!, _session).RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped while it waited for its state.
            _requests.Close(new InvalidOperationException($"The server {_registration.Name} is stopped."));
            _status.Update(current => current with { Activity = ServerActivity.Stopped });
        }

        await CloseAsync();
    }

    private async Task<ServerSession> OpenAsync(ServerParts parts, CancellationToken cancellationToken)
    {
        var session = await ServerSession.OpenAsync(parts.State, parts.Settings.Model, _time, ShowWaiting, cancellationToken);
        var outbox = session.OutboxLength;
        _status.Update(current => current with
        {
            Activity = ServerActivity.Starting,
            StartedAt = _time.GetUtcNow(),
            OutboxLength = outbox,
            LastUpdate = session.Progress.LastUpdate,
        });
        var types = string.Join(", ", parts.Settings.Model.Types.Select(type => type.Name));
        Log.Starting(_logger, _registration.Name, outbox, parts.Settings.PollInterval, types);
        return session;
    }

    private void ShowWaiting(string reason)
    {
        Log.WaitingForState(_logger, _registration.Name, reason);
        _status.Update(current => current with { Activity = ServerActivity.WaitingForState });
    }

    private ServerLoop MakeLoop(ServerParts parts, ServerSession session)
    {
        var settings = parts.Settings;
        var notifications = new NotificationCenter(settings.Name, _services.GetServices<INotifier>(), _time, _logger);
        var guard = new RemovalGuard(settings.RemovalGuard);
        var pollStatus = new PollStatus(settings, session, _status);
        var reports = new PollReports(settings, session, new PollLog(settings, _logger), pollStatus, new PollNotices(settings, notifications));
        var services = new ServerServices(
            settings,
            session,
            parts.Sources,
            new OutboxPublisher(settings.Name, session, parts.Bus, parts.BusResilience, _status, _logger),
            new WriteBackRunner(settings.Name, session, parts.Sources, parts.WriteBackResilience, _logger),
            guard,
            reports,
            _time,
            _logger);
        var cycle = new ServerCycle(services, new AdoptSchema(settings.Model, session, _time), pollStatus, notifications);
        var retry = RetryPipeline.Make(settings.Retry, _requests, _status, _time);
        return new ServerLoop(settings, cycle, guard, _requests, _status, notifications, retry, _time, _logger);
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is { } session)
            await session.DisposeAsync();
        if (Interlocked.Exchange(ref _parts, null) is { } parts)
            await parts.DisposeAsync();
    }
}
