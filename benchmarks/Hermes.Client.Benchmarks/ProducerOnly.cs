using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Client.Benchmarks;

/// <summary>Catches the producer that a registration makes, without a server around it.</summary>
internal sealed class ProducerOnly(IServiceCollection services) : IHermesServerBuilder
{
    public Func<IServiceProvider, IMessageBusProducer>? Create { get; private set; }

    public string Name => "benchmark";

    public IServiceCollection Services => services;

    public IHermesServerBuilder AddSource(string name, Func<IServiceProvider, IDataSource> create) => this;

    public IHermesServerBuilder AddSourceKind(string kind, Func<PartSettings, IDataSource> create) => this;

    public IHermesServerBuilder UseBus(Func<IServiceProvider, IMessageBusProducer> create)
    {
        Create = create;
        return this;
    }

    public IHermesServerBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusProducer> create) => this;
}
