using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Notifications;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.Notifications;
using Hermes.ClientRuntime.Targets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime;

/// <summary>One client in a host: made from what was registered, validated as a whole, started and stopped with the host.</summary>
internal sealed class HermesClient : BackgroundService, IAsyncDisposable
{
    private readonly ClientRunner _runner;
    private readonly IMessageBusConsumer _bus;
    private readonly IClientTarget _target;
    private bool _isDisposed;

    /// <exception cref="HermesConfigurationException">The configuration has errors; holds all of them.</exception>
    public HermesClient(string name, ClientParts parts, IServiceProvider services)
    {
        var path = parts.Section?.Path ?? $"Hermes:Clients:{name}";
        var errors = new ErrorCollector();
        var templates = services.GetRequiredService<ITemplateEngine>();
        var model = errors.Try(() => Model(name, path, parts, templates));
        var bus = errors.Try(() => parts.Bus.Create(services, name, parts.Section, path));
        var store = errors.Try(() => parts.State.Create(services, name, parts.Section, path));
        var target = errors.Try(() => Target(name, path, parts, services));
        errors.ThrowIfAny();

        var time = services.GetRequiredService<TimeProvider>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger($"Hermes.Client.{name}");
        var desk = new ClientDesk(name, time);
        var notifications = new NotificationDesk(name, services.GetServices<INotifier>(), time, log);
        _bus = bus!;
        _target = target!;
        _runner = new ClientRunner(model!, store!, _bus, _target, templates, desk, notifications, time, log);
        Control = new ClientControl(name, desk, _runner, _bus);
    }

    public IHermesClientControl Control { get; }

    // The container knows this object under two names and disposes it for each.
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        Dispose();
        await _bus.DisposeAsync();
        if (_target is IAsyncDisposable asyncTarget)
            await asyncTarget.DisposeAsync();
        else if (_target is IDisposable disposableTarget)
            disposableTarget.Dispose();
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _runner.Prepare();
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => _runner.RunAsync(stoppingToken), CancellationToken.None);

    private static ClientModel Model(string name, string path, ClientParts parts, ITemplateEngine templates)
    {
        var options = new ClientOptions();
        if (parts.Section is { } section)
            ClientSectionReader.Read(section, options);
        foreach (var configure in parts.Configure)
            configure(options);
        return new ClientModelFactory(name, path, templates).Create(options);
    }

    private static IClientTarget Target(string name, string path, ClientParts parts, IServiceProvider services)
    {
        if (parts.Handlers.Count == 0)
            return parts.Target.Create(services, name, parts.Section, path);
        if (parts.Target.Given is not null)
            throw new HermesConfigurationException($"{path}:Target", "Both a target and typed handlers are given.", "Use either UseTarget or Handle.");
        return new TypedTarget(path, [.. parts.Handlers.Select(create => create(services))]);
    }

    /// <summary>Goes on after a configuration error, to report all of them at once.</summary>
    private sealed class ErrorCollector
    {
        private readonly List<ConfigurationError> _errors = [];

        public T? Try<T>(Func<T> create)
            where T : class
        {
            try
            {
                return create();
            }
            catch (HermesConfigurationException exception)
            {
                _errors.AddRange(exception.Errors);
                return null;
            }
        }

        public void ThrowIfAny()
        {
            if (_errors.Count > 0)
                throw new HermesConfigurationException(_errors);
        }
    }
}
