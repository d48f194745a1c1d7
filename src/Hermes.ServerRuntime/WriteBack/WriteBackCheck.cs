using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Templates;

namespace Hermes.ServerRuntime.WriteBack;

/// <summary>Finds data types that would write back to a source that is only read, or a secret.</summary>
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

    /// <summary>Finds operations that name a secret attribute.</summary>
    /// <param name="path">Where the options of the server stand in the configuration.</param>
    /// <param name="model">The data types.</param>
    public static IEnumerable<ConfigurationError> SecretErrors(string path, ServerModel model) =>
        from type in model.Types
        from source in type.Sources
        where source.CommitOne is not null
        from member in source.CommitOne!.Templates.SelectMany(Members).Distinct(StringComparer.Ordinal)
        where type.Attributes.Any(attribute => attribute.IsSensitive && attribute.Name == member)
        select new ConfigurationError(
            $"{path}:DataTypes:{type.Index}:Sources:{source.Index}:CommitOne",
            $"The operation reads the secret attribute '{member}'. What is to be written back waits in the state, where no secret may be.",
            "Leave it out, or write back an attribute that is not secret.");

    private static IEnumerable<string> Members(ITemplate template) =>
        (template.MembersOf(TemplateVariables.ItemFetchedValues) ?? Enumerable.Empty<string>())
        .Concat(template.MembersOf(TemplateVariables.ItemCachedValues) ?? Enumerable.Empty<string>());

    private static IEnumerable<string> Commits(TypeSourceOptions source)
    {
        if (source.CommitOne is not null)
            yield return nameof(source.CommitOne);
        if (source.CommitAll is not null)
            yield return nameof(source.CommitAll);
    }
}
