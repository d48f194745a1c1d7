using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.EndToEnd.Tests.Worlds;

/// <summary>
/// Bus and states in SQLite files of a folder that goes with the test. The bus looks for messages by the clock on the wall: how long it waits is no part of a story.
/// </summary>
internal sealed class SqliteStorage : IWorldStorage
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-world-").FullName;
    private readonly BusParts _parts = new();
    private readonly ServiceProvider _busServices;

    public SqliteStorage()
    {
        ((IHermesServerBuilder)_parts).UseSqliteBus(PathOf("bus.db"));
        ((IHermesClientBuilder)_parts).UseSqliteBus(PathOf("bus.db"));
        _busServices = _parts.Services.BuildServiceProvider();
    }

    public string PathOf(string file) => Path.Combine(_folder, file);

    public void Attach(IHermesServerBuilder server) => server.UseBus(_ => _parts.Producer!(_busServices)).UseSqliteState(PathOf("server.db"));

    public void Attach(IHermesClientBuilder client) => client.UseBus(_ => _parts.Consumer!(_busServices)).UseSqliteState(PathOf("client.db"));

    public void Dispose()
    {
        _busServices.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Takes down how the bus is made, so that both sides share one container for it.
    private sealed class BusParts : IHermesServerBuilder, IHermesClientBuilder
    {
        public string Name => "campus";

        public IServiceCollection Services { get; } = new ServiceCollection();

        public Func<IServiceProvider, IMessageBusProducer>? Producer { get; private set; }

        public Func<IServiceProvider, IMessageBusConsumer>? Consumer { get; private set; }

        public IHermesServerBuilder UseBus(Func<IServiceProvider, IMessageBusProducer> create)
        {
            Producer = create;
            return this;
        }

        public IHermesClientBuilder UseBus(Func<IServiceProvider, IMessageBusConsumer> create)
        {
            Consumer = create;
            return this;
        }

        public IHermesServerBuilder AddSource(string name, Func<IServiceProvider, IDataSource> create) => throw new NotSupportedException();

        public IHermesServerBuilder AddSourceKind(string kind, Func<PartSettings, IDataSource> create) => throw new NotSupportedException();

        public IHermesServerBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusProducer> create) => throw new NotSupportedException();

        public IHermesClientBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusConsumer> create) => throw new NotSupportedException();

        public IHermesClientBuilder UseTarget(Func<IServiceProvider, IClientTarget> create) => throw new NotSupportedException();

        public IHermesClientBuilder AddTargetKind(string kind, Func<PartSettings, IClientTarget> create) => throw new NotSupportedException();
    }
}
