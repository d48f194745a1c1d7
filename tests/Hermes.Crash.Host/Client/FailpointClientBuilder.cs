using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Crash.Host.Client;

/// <summary>Passes the parts on that adapters register, each with its failpoints around it.</summary>
internal sealed class FailpointClientBuilder(IHermesClientBuilder inner, Hang hang) : IHermesClientBuilder
{
    public string Name => inner.Name;

    public IServiceCollection Services => inner.Services;

    public IHermesClientBuilder UseBus(Func<IServiceProvider, IMessageBusConsumer> create)
    {
        inner.UseBus(services => new FailpointConsumer(create(services), hang));
        return this;
    }

    public IHermesClientBuilder UseTarget(Func<IServiceProvider, IClientTarget> create)
    {
        inner.UseTarget(create);
        return this;
    }

    public IHermesClientBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusConsumer> create) => throw Unused();

    public IHermesClientBuilder AddTargetKind(string kind, Func<PartSettings, IClientTarget> create) => throw Unused();

    private static NotSupportedException Unused() => new("The rig is put together in code.");
}
