using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Crash.Host.Server;

/// <summary>Passes the parts on that adapters register, each with its failpoints around it.</summary>
internal sealed class FailpointServerBuilder(IHermesServerBuilder inner, Hang hang) : IHermesServerBuilder
{
    public string Name => inner.Name;

    public IServiceCollection Services => inner.Services;

    public IHermesServerBuilder AddSource(string name, Func<IServiceProvider, IDataSource> create)
    {
        inner.AddSource(name, services => new FailpointSource((IWritableSource)create(services)));
        return this;
    }

    public IHermesServerBuilder UseBus(Func<IServiceProvider, IMessageBusProducer> create)
    {
        inner.UseBus(services => new FailpointProducer(create(services), hang));
        return this;
    }

    public IHermesServerBuilder AddSourceKind(string kind, Func<PartSettings, IDataSource> create) => throw Unused();

    public IHermesServerBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusProducer> create) => throw Unused();

    private static NotSupportedException Unused() => new("The rig is put together in code.");
}
