using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Templates;
using Hermes.Runtime.Configuration;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.WriteBack;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace Hermes.ServerRuntime.Hosting;

/// <summary>Puts a server together of what was registered, and reports everything that is wrong at once.</summary>
internal sealed class ServerAssembly(ServerRegistration registration, IServiceProvider services)
{
    private readonly ConfigurationErrors _errors = new(registration.Path);
    private readonly ServerPartSections _sections = new();

    /// <summary>Makes the parts.</summary>
    /// <param name="owner">Owns what was made, also if something is wrong.</param>
    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public ServerParts Assemble(PartSet owner)
    {
        var maker = new PartMaker(registration, services, _errors, owner);
        var options = ReadOptions();
        var settings = Settings(options);
        var sources = Sources(maker);
        foreach (var error in WriteBackCheck.Errors(registration.Path, options.Model, sources))
            _errors.Add(error);
        foreach (var error in settings is null ? [] : WriteBackCheck.SecretErrors(registration.Path, settings.Model))
            _errors.Add(error);
        var bus = registration.Bus.Make(maker, _sections.Bus);
        var state = registration.State.Make(maker, _sections.State);
        var busResilience = Pipeline(ServerPipeline.Bus);
        var writeBackResilience = Pipeline(ServerPipeline.WriteBack);
        _errors.ThrowIfAny();
        return new ServerParts(settings!, sources, bus!, state!, busResilience!, writeBackResilience!);
    }

    private HermesServerOptions ReadOptions()
    {
        var options = new HermesServerOptions();
        if (registration.Section is { } section)
            ServerSectionReader.Read(section, options, _sections, _errors);
        foreach (var configure in registration.Configure)
            _errors.Try(registration.Path, () => configure(options));
        return options;
    }

    private ServerSettings? Settings(HermesServerOptions options)
    {
        var names = registration.Sources.Keys.Union(_sections.Sources.Keys).ToHashSet(StringComparer.Ordinal);
        var engine = services.GetRequiredService<ITemplateEngine>();
        return SettingsCheck.TryCheck(registration.Name, registration.Path, options, engine, names, _errors, out var settings) ? settings : null;
    }

    private Dictionary<string, IDataSource> Sources(PartMaker maker)
    {
        var sources = new Dictionary<string, IDataSource>(StringComparer.Ordinal);
        foreach (var (name, create) in registration.Sources)
            Keep(name, maker.Make($"Sources:{name}", create));

        // What C# code gives counts more than what the configuration says.
        foreach (var (name, section) in _sections.Sources.Where(source => !registration.Sources.ContainsKey(source.Key)))
            Keep(name, maker.Make(name, section, registration.SourceKinds));
        return sources;

        void Keep(string name, IDataSource? source)
        {
            if (source is not null)
                sources.Add(name, source);
        }
    }

    private ResiliencePipeline? Pipeline(ServerPipeline name) => !registration.Resilience.TryGetValue(name, out var configure)
        ? ResiliencePipeline.Empty
        : _errors.Try(registration.Path, () =>
        {
            var builder = new ResiliencePipelineBuilder { Name = $"{registration.Name}-{name}", TimeProvider = services.GetRequiredService<TimeProvider>() };
            configure(builder);
            return builder.Build();
        });
}
