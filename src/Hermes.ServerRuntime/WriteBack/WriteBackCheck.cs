using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model.Options;

namespace Hermes.ServerRuntime.WriteBack;

/// <summary>Finds data types that would write back to a source that is only read.</summary>
internal static class WriteBackCheck
{
    /// <param name="path">Where the options of the server stand in the configuration.</param>
    /// <param name="model">The data types as they were written; what else is wrong with them is not told here.</param>
    /// <param name="sources">The data sources that could be made.</param>
    public static IEnumerable<ConfigurationError> Errors(string path, ServerModelOptions model, IReadOnlyDictionary<string, IDataSource> sources) =>
        from type in model.DataTypes.Index()
        from source in type.Item.Sources.Index()
        from commit in Commits(source.Item)
        where sources.GetValueOrDefault(source.Item.Source ?? "") is { } made and not IWritableSource
        select new ConfigurationError(
            $"{path}:DataTypes:{type.Index}:Sources:{source.Index}:{commit}",
            $"The data type '{type.Item.Name}' writes back to the data source '{source.Item.Source}', which can only be read.",
            $"Remove {commit}, or write back to a source that can be written to.");

    private static IEnumerable<string> Commits(TypeSourceOptions source)
    {
        if (source.CommitOne is not null)
            yield return nameof(source.CommitOne);
        if (source.CommitAll is not null)
            yield return nameof(source.CommitAll);
    }
}
