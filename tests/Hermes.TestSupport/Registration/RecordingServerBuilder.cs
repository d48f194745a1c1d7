using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.TestSupport.Registration;

/// <summary>A builder that keeps what adapters hang on it, so that a test makes the parts itself.</summary>
public sealed class RecordingServerBuilder : IHermesServerBuilder
{
    private readonly Dictionary<string, Func<IServiceProvider, IDataSource>> _sources = [];
    private readonly Dictionary<string, Func<PartSettings, IDataSource>> _kinds = [];

    /// <inheritdoc/>
    public string Name => "campus";

    /// <inheritdoc/>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <inheritdoc/>
    public IHermesServerBuilder AddSource(string name, Func<IServiceProvider, IDataSource> create)
    {
        _sources[name] = create;
        return this;
    }

    /// <inheritdoc/>
    public IHermesServerBuilder AddSourceKind(string kind, Func<PartSettings, IDataSource> create)
    {
        _kinds[kind] = create;
        return this;
    }

    /// <inheritdoc/>
    public IHermesServerBuilder UseBus(Func<IServiceProvider, IMessageBusProducer> create) => this;

    /// <inheritdoc/>
    public IHermesServerBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusProducer> create) => this;

    /// <summary>Makes the source that was added under this name.</summary>
    public IDataSource Source(string name) => _sources[name](Services.BuildServiceProvider());

    /// <summary>Makes a source of a kind from these settings, which stand at <c>Part</c>.</summary>
    public IDataSource Source(string kind, params (string Name, string Value)[] settings) =>
        _kinds[kind](new PartSettings(Services.BuildServiceProvider(), "hr", PartSection.Of(settings)));
}
