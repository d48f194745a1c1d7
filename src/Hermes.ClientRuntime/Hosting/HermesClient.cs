using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Hosting;
using Hermes.Runtime.Notifications;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime.Hosting;

/// <summary>
/// A client in a host: checks its configuration when the host starts, and then works until the host stops.
/// </summary>
internal sealed class HermesClient : HostedParticipant
{
    private readonly ClientRegistration _registration;
    private readonly IServiceProvider _services;
    private readonly ILogger _log;
    private readonly ClientSurface _surface;
    private ClientRunner? _runner;
    private DriftWatch? _watch;

    public HermesClient(ClientRegistration registration, IServiceProvider services, ILogger log)
        : base(registration.Title, log)
    {
        _registration = registration;
        _services = services;
        _log = log;
        var time = services.GetRequiredService<TimeProvider>();
        _surface = new(registration.Title, new(), new ClientStatusBoard(time), new CatchUp());
        Control = new ClientControl(registration.Name, _surface, time, log, EndAsync);
    }

    public IHermesClientControl Control { get; }

    protected override void Assemble(PartSet parts)
    {
        var made = new ClientAssembly(_registration, _services).Assemble(parts);
        var time = _services.GetRequiredService<TimeProvider>();
        var notifications = new NotificationHub(_registration.Title, _services.GetServices<INotifier>(), time, _log);
        _runner = new ClientRunner(made, _surface, notifications, time, _log);
        _watch = new DriftWatch(made.Model, Control.Comparisons, time, _log);
        _surface.Status.Started();
    }

    protected override IEnumerable<ConnectionTrial> Trials(PartSet parts) =>
        ClientConnections.Of(_registration.Path, new ClientAssembly(_registration, _services).Assemble(parts));

    protected override async Task RunAsync(Action started, CancellationToken ending, CancellationToken stopping)
    {
        started();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ending, stopping);
        var watch = _watch!.RunAsync(end.Token);
        try
        {
            await _runner!.RunAsync(end.Token);
        }
        finally
        {
            await end.CancelAsync();
            await watch;
        }
    }
}
