using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Runtime.Registration;

/// <summary>Puts a server together. Adapters extend it: <c>AddSqlSource(...)</c>, <c>UseKafka(...)</c>.</summary>
public interface IHermesServerBuilder
{
    /// <summary>The name of the server, unique in the host.</summary>
    string Name { get; }

    /// <summary>The services of the host.</summary>
    IServiceCollection Services { get; }

    /// <summary>Adds a data source under a name that data types refer to. Adding the same name again replaces it.</summary>
    IHermesServerBuilder AddSource(string name, Func<IServiceProvider, IDataSource> create);

    /// <summary>Lets the configuration name this kind of data source: <c>"Sources": { "hr": { "Kind": "..." } }</c>.</summary>
    IHermesServerBuilder AddSourceKind(string kind, Func<PartSettings, IDataSource> create);

    /// <summary>Sends to this bus.</summary>
    IHermesServerBuilder UseBus(Func<IServiceProvider, IMessageBusProducer> create);

    /// <summary>Lets the configuration name this kind of bus: <c>"Bus": { "Kind": "..." }</c>.</summary>
    IHermesServerBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusProducer> create);
}
