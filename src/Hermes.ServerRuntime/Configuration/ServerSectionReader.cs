using Hermes.Abstractions.Sources;
using Hermes.Diff.Model;
using Hermes.Diff.Model.Options;
using Hermes.Runtime.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>Reads the settings of a server from its section of the configuration.</summary>
internal static class ServerSectionReader
{
    public static void Read(IConfigurationSection section, HermesServerOptions options, ServerPartSections parts, ConfigurationErrors errors)
    {
        if (section.Exists())
            StrictSection.Read(section, errors, server => ReadServer(server, options, parts));
        else
            errors.Add(section.Path, "The section is missing or empty.", "Write the settings of the server there.");
    }

    private static void ReadServer(StrictSection server, HermesServerOptions options, ServerPartSections parts)
    {
        server.Value<TimeSpan>(nameof(options.PollInterval), value => options.PollInterval = value);
        server.Value<bool>(nameof(options.InitSyncAtFirstPoll), value => options.InitSyncAtFirstPoll = value);
        server.Text(nameof(options.SigningKey), value => options.SigningKey = value);
        server.Value<int>(nameof(options.MaxLoggedValueLength), value => options.MaxLoggedValueLength = value);
        server.Value<bool>(nameof(options.Model.TruncateDateTimesToSeconds), value => options.Model.TruncateDateTimesToSeconds = value);
        server.Value<int>(nameof(options.Model.MaxValueLength), value => options.Model.MaxValueLength = value);
        server.Nested(nameof(options.RemovalGuard), guard => ReadGuard(guard, options.RemovalGuard));
        server.Nested(nameof(options.Retry), retry => ReadRetry(retry, options.Retry));
        parts.State = server.Other("State");
        parts.Bus = server.Other("Bus");
        foreach (var source in server.Named("Sources"))
            parts.Sources[source.Key] = source;
        server.Items(nameof(options.Model.DataTypes), type => options.Model.DataTypes.Add(ReadType(type)));
    }

    private static void ReadGuard(StrictSection section, RemovalGuardOptions guard)
    {
        section.Value<bool>(nameof(guard.Enabled), value => guard.Enabled = value);
        section.Value<double>(nameof(guard.MaxPercent), value => guard.MaxPercent = value);
        section.Value<int>(nameof(guard.MinEntries), value => guard.MinEntries = value);
        section.Value<int>(nameof(guard.MaxEntries), value => guard.MaxEntries = value);
        section.Value<bool>(nameof(guard.AllowEmpty), value => guard.AllowEmpty = value);
        section.Nested(nameof(guard.Attributes), attributes => ReadGuard(attributes, guard.Attributes));
    }

    private static void ReadGuard(StrictSection section, AttributeGuardOptions guard)
    {
        section.Value<bool>(nameof(guard.Enabled), value => guard.Enabled = value);
        section.Value<double>(nameof(guard.MaxPercent), value => guard.MaxPercent = value);
        section.Value<int>(nameof(guard.MinEntries), value => guard.MinEntries = value);
        section.Value<int>(nameof(guard.MaxEntries), value => guard.MaxEntries = value);
        section.Value<bool>(nameof(guard.AllowEmpty), value => guard.AllowEmpty = value);
        section.Texts(nameof(guard.Except), guard.Except.Add);
    }

    private static void ReadRetry(StrictSection section, RetryOptions retry)
    {
        section.Value<TimeSpan>(nameof(retry.FirstDelay), value => retry.FirstDelay = value);
        section.Value<TimeSpan>(nameof(retry.MaxDelay), value => retry.MaxDelay = value);
    }

    private static DataTypeOptions ReadType(StrictSection section)
    {
        var type = new DataTypeOptions();
        section.Text(nameof(type.Name), value => type.Name = value);
        section.Texts(nameof(type.Key), type.Key.Add);
        section.Value<MergeConflictPolicy>(nameof(type.OnMergeConflict), value => type.OnMergeConflict = value);
        section.Text(nameof(ToString), value => type.ToStringTemplate = value);
        section.Texts(nameof(type.IntegrityConstraints), type.IntegrityConstraints.Add);
        section.NamedItems(nameof(type.ForeignKeys), (name, foreignKey) => type.ForeignKeys[name] = ReadForeignKey(foreignKey));
        section.Items(nameof(type.Sources), source => type.Sources.Add(ReadSource(source)));
        return type;
    }

    private static ForeignKeyOptions ReadForeignKey(StrictSection section)
    {
        var foreignKey = new ForeignKeyOptions();
        section.Text(nameof(foreignKey.Type), value => foreignKey.Type = value);
        section.Text(nameof(foreignKey.Attribute), value => foreignKey.Attribute = value);
        return foreignKey;
    }

    private static TypeSourceOptions ReadSource(StrictSection section)
    {
        var source = new TypeSourceOptions();
        section.Text(nameof(source.Source), value => source.Source = value);
        section.Text(nameof(source.Name), value => source.Name = value);
        ReadOperation(section, nameof(source.Fetch), operation => source.Fetch = operation);
        ReadOperation(section, nameof(source.CommitOne), operation => source.CommitOne = operation);
        ReadOperation(section, nameof(source.CommitAll), operation => source.CommitAll = operation);
        foreach (var attribute in section.Named(nameof(source.Mapping)))
            source.Mapping[attribute.Key] = ReadMapping(section, attribute);
        section.Texts(nameof(source.SecretAttributes), source.SecretAttributes.Add);
        section.Texts(nameof(source.CacheOnlyAttributes), source.CacheOnlyAttributes.Add);
        section.Texts(nameof(source.LocalAttributes), source.LocalAttributes.Add);
        section.Value<KeyMergeConstraint>(nameof(source.KeyMergeConstraint), value => source.KeyMergeConstraint = value);
        section.Value<BadRowPolicy>(nameof(source.OnBadRow), value => source.OnBadRow = value);
        section.Value<long>(nameof(source.ExpectAtLeast), value => source.ExpectAtLeast = value);
        section.Texts(nameof(source.MergeConstraints), source.MergeConstraints.Add);
        return source;
    }

    private static MappingOptions ReadMapping(StrictSection section, IConfigurationSection attribute)
    {
        if (attribute.Value is { } text)
            return new TextMapping(text);
        var remotes = new List<string>();
        section.Texts(attribute, remotes.Add);
        return new ListMapping(remotes);
    }

    // A query without variables may be written as one text.
    private static void ReadOperation(StrictSection section, string name, Action<OperationOptions> set)
    {
        var operation = new OperationOptions();
        if (section.IsText(name))
        {
            section.Text(name, query => operation.Query = query);
            set(operation);
            return;
        }

        section.Nested(name, child =>
        {
            child.Value<SourceOperationKind>(nameof(operation.Kind), value => operation.Kind = value);
            child.Text(nameof(operation.Query), value => operation.Query = value);
            child.NamedTexts(nameof(operation.Variables), (variable, value) => operation.Variables[variable] = value);
            set(operation);
        });
    }
}
