using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model;
using Hermes.Diff.Model.Options;
using Microsoft.Extensions.Configuration;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>Reads the settings of a server from the configuration.</summary>
internal static class ConfigurationReader
{
    public static void Read(IConfigurationSection section, HermesServerOptions options, ServerPartSections parts, ICollection<ConfigurationError> errors)
    {
        if (!section.Exists())
        {
            errors.Add(new ConfigurationError(section.Path, "The section is missing or empty.", "Write the settings of the server there."));
            return;
        }

        var server = new StrictSection(section, errors);
        server.Duration(nameof(options.PollInterval), value => options.PollInterval = value);
        server.Flag(nameof(options.InitSyncAtFirstPoll), value => options.InitSyncAtFirstPoll = value);
        server.Integer(nameof(options.MaxLoggedValueLength), value => options.MaxLoggedValueLength = value);
        server.Flag(nameof(options.Model.TruncateDateTimesToSeconds), value => options.Model.TruncateDateTimesToSeconds = value);
        server.Section(nameof(options.RemovalGuard), guard => ReadGuard(guard, options.RemovalGuard));
        server.Section(nameof(options.Retry), retry => ReadRetry(retry, options.Retry));
        parts.State = server.Has("State") ? section.GetSection("State") : null;
        parts.Bus = server.Has("Bus") ? section.GetSection("Bus") : null;
        foreach (var source in server.Named("Sources"))
            parts.Sources[source.Key] = source;
        server.Items(nameof(options.Model.DataTypes), type => options.Model.DataTypes.Add(ReadType(type)));
        server.ReportUnknown();
    }

    private static void ReadGuard(StrictSection section, RemovalGuardOptions guard)
    {
        section.Flag(nameof(guard.Enabled), value => guard.Enabled = value);
        section.Number(nameof(guard.MaxPercent), value => guard.MaxPercent = value);
        section.Integer(nameof(guard.MinEntries), value => guard.MinEntries = value);
        section.Integer(nameof(guard.MaxEntries), value => guard.MaxEntries = value);
    }

    private static void ReadRetry(StrictSection section, RetryOptions retry)
    {
        section.Duration(nameof(retry.FirstDelay), value => retry.FirstDelay = value);
        section.Duration(nameof(retry.MaxDelay), value => retry.MaxDelay = value);
    }

    private static DataTypeOptions ReadType(StrictSection section)
    {
        var type = new DataTypeOptions();
        section.Read(nameof(type.Name), value => type.Name = value);
        section.Texts(nameof(type.Key), type.Key.Add);
        section.Choice<MergeConflictPolicy>(nameof(type.OnMergeConflict), value => type.OnMergeConflict = value);
        section.Read(nameof(ToString), value => type.ToStringTemplate = value);
        section.Texts(nameof(type.IntegrityConstraints), type.IntegrityConstraints.Add);
        foreach (var child in section.Named(nameof(type.ForeignKeys)))
            section.ReadStrictly(child, foreignKey => type.ForeignKeys[child.Key] = ReadForeignKey(foreignKey));
        section.Items(nameof(type.Sources), source => type.Sources.Add(ReadSource(source)));
        return type;
    }

    private static ForeignKeyOptions ReadForeignKey(StrictSection section)
    {
        var foreignKey = new ForeignKeyOptions();
        section.Read(nameof(foreignKey.Type), value => foreignKey.Type = value);
        section.Read(nameof(foreignKey.Attribute), value => foreignKey.Attribute = value);
        return foreignKey;
    }

    private static TypeSourceOptions ReadSource(StrictSection section)
    {
        var source = new TypeSourceOptions();
        section.Read(nameof(source.Source), value => source.Source = value);
        section.Read(nameof(source.Name), value => source.Name = value);
        ReadOperation(section, nameof(source.Fetch), operation => source.Fetch = operation);
        ReadOperation(section, nameof(source.CommitOne), operation => source.CommitOne = operation);
        ReadOperation(section, nameof(source.CommitAll), operation => source.CommitAll = operation);
        foreach (var attribute in section.Named(nameof(source.Mapping)))
            source.Mapping[attribute.Key] = ReadMapping(section, attribute);
        section.Texts(nameof(source.SecretAttributes), source.SecretAttributes.Add);
        section.Texts(nameof(source.CacheOnlyAttributes), source.CacheOnlyAttributes.Add);
        section.Texts(nameof(source.LocalAttributes), source.LocalAttributes.Add);
        section.Choice<KeyMergeConstraint>(nameof(source.KeyMergeConstraint), value => source.KeyMergeConstraint = value);
        section.Texts(nameof(source.MergeConstraints), source.MergeConstraints.Add);
        return source;
    }

    private static MappingOptions ReadMapping(StrictSection section, IConfigurationSection attribute)
    {
        if (attribute.Value is { } text)
            return new TextMapping(text);
        var items = attribute.GetChildren().ToList();
        if (items.Find(item => item.Value is null) is { } wrong)
            section.Report(wrong.Path, "A text is expected here, not a section.", "Write the names of remote attributes as a list of texts.");
        return new ListMapping([.. items.Select(item => item.Value ?? "")]);
    }

    // A query without variables may be written as one text.
    private static void ReadOperation(StrictSection section, string name, Action<OperationOptions> set)
    {
        var operation = new OperationOptions();
        if (section.IsText(name))
        {
            operation.Query = section.Text(name)!;
            set(operation);
            return;
        }

        section.Section(name, child =>
        {
            child.Choice<SourceOperationKind>(nameof(operation.Kind), value => operation.Kind = value);
            child.Read(nameof(operation.Query), value => operation.Query = value);
            foreach (var variable in child.Named(nameof(operation.Variables)))
                operation.Variables[variable.Key] = variable.Value ?? "";
            set(operation);
        });
    }
}
