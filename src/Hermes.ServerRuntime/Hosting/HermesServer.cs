using Hermes.Abstractions.Notifications;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Notifications;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.State;
using Hermes.ServerRuntime.Steps;
using Hermes.ServerRuntime.WriteBack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.ServerRuntime.Hosting;

/// <summary>
/// A server in a host: checks its configuration and opens its state when the host starts, and then works until the host stops.
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
        _session = ServerSession.Open(_parts.State, _parts.Settings.Model, _time);
        foreach (var warning in _parts.Settings.Model.Warnings)
            Log.ModelWarning(_logger, _registration.Name, warning.Path, warning.Problem, warning.Fix);
        var outbox = _session.State.OutboxLength;
        _status.Update(current => current with { StartedAt = _time.GetUtcNow(), OutboxLength = outbox, LastUpdate = _session.Progress.LastUpdate });
        var types = string.Join(", ", _parts.Settings.Model.Types.Select(type => type.Name));
        Log.Starting(_logger, _registration.Name, outbox, _parts.Settings.PollInterval, types);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // A state is locked for others until it is closed; a second server may wait for it.
        if (ExecuteTask is null or { IsCompleted: true })
            await CloseAsync();
    }

    /// <summary>Closes the state, for a host that fails while it starts and so never stops.</summary>
    public override void Dispose()
    {
        base.Dispose();
        Interlocked.Exchange(ref _session, null)?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts its other services meanwhile.
        await Task.Yield();
        await MakeLoop(_parts!, _session!).RunAsync(stoppingToken);
        await CloseAsync();
    }

    private ServerLoop MakeLoop(ServerParts parts, ServerSession session)
    {
        var settings = parts.Settings;
        var notifications = new NotificationCenter(settings.Name, _services.GetServices<INotifier>(), _time, _logger);
        var guard = new RemovalGuard(settings.RemovalGuard);
        var read = new ReadSources(settings, parts.Sources);
        var reporter = new PollReporter(settings, session, _status, notifications, _logger);
        var writeBacks = new WriteBackRunner(settings.Name, session, parts.Sources, parts.WriteBackResilience, _logger);
        var cycle = new ServerCycle(
            settings,
            session,
            new AdoptSchema(settings.Model, session, _time),
            new OutboxPublisher(settings.Name, session, parts.Bus, writeBacks, parts.BusResilience, _status, _logger),
            new PollStep(settings, session, read, guard, reporter, _time, _logger),
            new SendInitSync(settings, session, _time, _logger),
            new PreviewStep(settings, session, read, guard),
            reporter,
            notifications,
            _logger);
        var retry = RetryPipeline.Make(settings.Retry, _requests, _status, _time);
        return new ServerLoop(settings, cycle, guard, _requests, _status, notifications, retry, _time, _logger);
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is { } session)
            session.Dispose();
        if (Interlocked.Exchange(ref _parts, null) is { } parts)
            await parts.DisposeAsync();
    }
}
