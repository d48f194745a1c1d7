using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Control;
using Hermes.Runtime.Hosting;
using Hermes.Runtime.Notifications;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime.Hosting;

/// <summary>
/// A server in a host: checks its configuration and opens its state when the host starts, and then works until the host stops.
/// </summary>
internal sealed class HermesServer : HostedParticipant
{
    private readonly ServerRegistration _registration;
    private readonly IServiceProvider _services;
    private readonly ILogger _log;
    private readonly StatusBoard<ServerStatus> _status;
    private readonly Mailbox<ServerLoop> _mailbox = new();
    private readonly ServerDesk _desk;
    private ServerRunner? _runner;

    public HermesServer(ServerRegistration registration, IServiceProvider services, ILogger log)
        : base(registration.Title, log)
    {
        _registration = registration;
        _services = services;
        _log = log;
        _status = new(new ServerStatus { Name = registration.Name });
        _desk = new(registration.Title, _status, services.GetRequiredService<TimeProvider>());
        Control = new HermesServerControl(registration.Name, _status, _mailbox, _desk, PreviewSchemaAsync, EndAsync);
    }

    public IHermesServerControl Control { get; }

    private async Task<SchemaPreview> PreviewSchemaAsync(CancellationToken cancellationToken)
    {
        if (ExecuteTask is not null)
            throw new InvalidOperationException($"Server {_registration.Name} was started: what its data model changes is told. Ask before the host starts.");
        await using var parts = new PartSet(_registration.Title, _log);
        var made = new ServerAssembly(_registration, _services).Assemble(parts);
        return await SchemaLookAhead.RunAsync(made, _services.GetRequiredService<TimeProvider>(), cancellationToken);
    }

    protected override void Assemble(PartSet parts)
    {
        var made = new ServerAssembly(_registration, _services).Assemble(parts);
        var time = _services.GetRequiredService<TimeProvider>();
        var notifications = new NotificationHub(_registration.Title, _services.GetServices<INotifier>(), time, _log);
        _runner = new ServerRunner(made, _mailbox, _desk, _status, notifications, time, _log);
        _status.Update(current => current with { State = RunState.Starting, StartedAt = time.GetUtcNow() });
    }

    protected override IEnumerable<ConnectionTrial> Trials(PartSet parts) =>
        ServerConnections.Of(_registration.Path, new ServerAssembly(_registration, _services).Assemble(parts));

    protected override Task RunAsync(Action started, CancellationToken ending, CancellationToken stopping) =>
        _runner!.RunAsync(started, ending, stopping);
}
