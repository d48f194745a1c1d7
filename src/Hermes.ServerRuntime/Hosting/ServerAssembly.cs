using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Templates;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.WriteBack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace Hermes.ServerRuntime.Hosting;

/// <summary>Puts a server together of what was registered, and reports everything that is wrong at once.</summary>
internal sealed class ServerAssembly(ServerRegistration registration, IServiceProvider services)
{
    private readonly List<ConfigurationError> _errors = [];

    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public ServerParts Assemble()
    {
        var options = new HermesServerOptions();
        var sections = new ServerPartSections();
        if (registration.Section is { } section)
            ConfigurationReader.Read(section, options, sections, _errors);
        foreach (var configure in registration.Configure)
            configure(options);

        var names = registration.Sources.Keys.Union(sections.Sources.Keys).ToHashSet(StringComparer.Ordinal);
        SettingsCheck.TryCheck(
            registration.Name, registration.Path, options, services.GetRequiredService<ITemplateEngine>(), names, _errors, out var settings);
        var sources = MakeSources(sections);
        _errors.AddRange(WriteBackCheck.Errors(registration.Path, options.Model, sources));
        var bus = Make("Bus", sections.Bus, registration.Bus, registration.BusKinds, "Call UseBus, or one of the Use... methods of a bus.");
        var state = Make("State", sections.State, registration.State, registration.StateKinds, "Call UseSqliteState, or UseState.");
        if (_errors.Count > 0)
            throw new HermesConfigurationException(_errors);
        return new ServerParts(settings!, sources, bus!, state!, PipelineOf(ServerPipeline.Bus), PipelineOf(ServerPipeline.WriteBack));
    }

    private Dictionary<string, IDataSource> MakeSources(ServerPartSections sections)
    {
        var sources = new Dictionary<string, IDataSource>(StringComparer.Ordinal);
        foreach (var (name, section) in sections.Sources)
        {
            if (!registration.Sources.ContainsKey(name) && MakeOfKind(name, section, registration.SourceKinds) is { } source)
                sources.Add(name, source);
        }

        foreach (var (name, create) in registration.Sources)
        {
            if (Try($"{registration.Path}:Sources:{name}", () => create(services)) is { } source)
                sources.Add(name, source);
        }

        return sources;
    }

    // What C# code gives counts more than what the configuration says.
    private T? Make<T>(
        string what, IConfigurationSection? section, Func<IServiceProvider, T>? create, Dictionary<string, Func<PartSettings, T>> kinds, string fix)
        where T : class
    {
        if (create is not null)
            return Try($"{registration.Path}:{what}", () => create(services));
        if (section is not null)
            return MakeOfKind(registration.Name, section, kinds);
        var more = kinds.Count == 0 ? "" : $" In a configuration file, set its Kind to one of: {Names(kinds)}.";
        _errors.Add(new ConfigurationError($"{registration.Path}:{what}", "It is missing.", fix + more));
        return null;
    }

    private T? MakeOfKind<T>(string name, IConfigurationSection section, Dictionary<string, Func<PartSettings, T>> kinds)
        where T : class
    {
        if (section["Kind"] is not { Length: > 0 } kind)
            _errors.Add(new ConfigurationError($"{section.Path}:Kind", "The kind is missing.", $"Set one of: {Names(kinds)}."));
        else if (!kinds.TryGetValue(kind, out var create))
            _errors.Add(new ConfigurationError(
                $"{section.Path}:Kind", $"The kind '{kind}' is unknown.", $"Set one of: {Names(kinds)}; or add the package that has it."));
        else
            return Try(section.Path, () => create(new PartSettings(services, name, section)));
        return null;
    }

    private T? Try<T>(string path, Func<T> create)
        where T : class
    {
        try
        {
            return create();
        }
        catch (HermesConfigurationException exception)
        {
            _errors.AddRange(exception.Errors.Select(error =>
                error.Path.StartsWith(registration.Path, StringComparison.Ordinal) ? error : error with { Path = $"{registration.Path}:{error.Path}" }));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IOException or FormatException)
        {
            _errors.Add(new ConfigurationError(path, $"It cannot be made: {exception.Message}", "Correct its settings."));
        }

        return null;
    }

    private ResiliencePipeline PipelineOf(ServerPipeline name)
    {
        if (!registration.Resilience.TryGetValue(name, out var configure))
            return ResiliencePipeline.Empty;
        var builder = new ResiliencePipelineBuilder { Name = $"{registration.Name}-{name}", TimeProvider = services.GetRequiredService<TimeProvider>() };
        configure(builder);
        return builder.Build();
    }

    private static string Names<T>(Dictionary<string, T> kinds) =>
        kinds.Count == 0 ? "(none is registered)" : string.Join(", ", kinds.Keys.Order(StringComparer.Ordinal));
}
