using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model.Building;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Polling;

namespace Hermes.Diff.Model;

/// <summary>The data model of a server, checked and compiled. Immutable.</summary>
internal sealed class ServerModel
{
    private readonly ImmutableDictionary<string, DataType> _byName;

    internal ServerModel(ImmutableArray<DataType> types, ImmutableArray<ConfigurationError> warnings)
    {
        Types = types;
        Warnings = warnings;
        _byName = types.ToImmutableDictionary(type => type.Name, StringComparer.Ordinal);
        Streamed = ComputationPlan.Streamed(this);
    }

    /// <summary>The types, in declaration order.</summary>
    public ImmutableArray<DataType> Types { get; }

    /// <summary>What works, but hardly as meant, such as a fetch that reads a type declared later.</summary>
    public ImmutableArray<ConfigurationError> Warnings { get; }

    /// <summary>Per type whether a poll streams it.</summary>
    internal bool[] Streamed { get; }

    /// <summary>Checks and compiles a data model.</summary>
    /// <param name="options">The model as it was written. It is copied.</param>
    /// <param name="engine">Compiles the templates.</param>
    /// <param name="path">Where the options stand in the configuration, such as <c>Hermes:Servers:campus</c>.</param>
    /// <param name="dataSources">The names of the data sources that exist, or null if any name is taken for one.</param>
    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public static ServerModel Build(
        ServerModelOptions options, ITemplateEngine engine, string path, IReadOnlySet<string>? dataSources = null)
    {
        var errors = new List<ConfigurationError>();
        return TryBuild(options, engine, path, dataSources, errors, out var model) ? model : throw new HermesConfigurationException(errors);
    }

    /// <summary>Checks and compiles a data model, adding everything that is wrong to <paramref name="errors"/>.</summary>
    /// <param name="options">The model as it was written. It is copied.</param>
    /// <param name="engine">Compiles the templates.</param>
    /// <param name="path">Where the options stand in the configuration.</param>
    /// <param name="dataSources">The names of the data sources that exist, or null if any name is taken for one.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="model">The model, if nothing is wrong with it.</param>
    /// <returns>Whether nothing is wrong.</returns>
    public static bool TryBuild(
        ServerModelOptions options,
        ITemplateEngine engine,
        string path,
        IReadOnlySet<string>? dataSources,
        ICollection<ConfigurationError> errors,
        [NotNullWhen(true)] out ServerModel? model)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(errors);
        model = new ModelCompiler(options, engine, path, dataSources).Compile(errors);
        return model is not null;
    }

    /// <summary>The type of this name.</summary>
    public bool TryGetType(string name, [NotNullWhen(true)] out DataType? type) => _byName.TryGetValue(name, out type);
}
