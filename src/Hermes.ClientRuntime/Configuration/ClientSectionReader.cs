using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Runtime.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.ClientRuntime.Configuration;

/// <summary>Reads the settings of a client from its section of the configuration.</summary>
internal static class ClientSectionReader
{
    public static void Read(IConfigurationSection section, ClientOptions options, ClientPartSections parts, ConfigurationErrors errors)
    {
        if (section.Exists())
            StrictSection.Read(section, errors, client => ReadClient(client, options, parts));
        else
            errors.Add(section.Path, "The section is missing or empty.", "Write the settings of the client there.");
    }

    private static void ReadClient(StrictSection client, ClientOptions options, ClientPartSections parts)
    {
        client.Value<InitSyncChoice>(nameof(options.InitSync), value => options.InitSync = value);
        client.Value<bool>(nameof(options.AcceptOtherProducers), value => options.AcceptOtherProducers = value);
        client.Value<bool>(nameof(options.AcceptMovedTarget), value => options.AcceptMovedTarget = value);
        client.Texts(nameof(options.SigningKeys), options.SigningKeys.Add);
        client.Value<bool>(nameof(options.MayComeLater), value => options.MayComeLater = value);
        client.Nested(nameof(options.RemovalGuard), guard => ReadGuard(guard, options.RemovalGuard));
        client.Value<TimeSpan>(nameof(options.RetryInterval), value => options.RetryInterval = value);
        client.Value<TimeSpan>(nameof(options.LongestRetryInterval), value => options.LongestRetryInterval = value);
        client.Value<bool>(nameof(options.StrictTemplates), value => options.StrictTemplates = value);
        client.Value<ForeignKeyPolicy>(nameof(options.ForeignKeys), value => options.ForeignKeys = value);
        client.Value<RemediationPolicy>(nameof(options.Remediation), value => options.Remediation = value);
        client.Value<TimeSpan>(nameof(options.TrashbinRetention), value => options.TrashbinRetention = value);
        client.Value<TimeSpan>(nameof(options.PurgeInterval), value => options.PurgeInterval = value);
        client.Value<TimeSpan>(nameof(options.WaitForMessages), value => options.WaitForMessages = value);
        client.Value<int>(nameof(options.MaxConcurrency), value => options.MaxConcurrency = value);
        client.Value<int>(nameof(options.MaxEventsPerCommit), value => options.MaxEventsPerCommit = value);
        client.Value<TimeSpan>(nameof(options.TargetTimeout), value => options.TargetTimeout = value);
        client.Value<int>(nameof(options.TargetRetries), value => options.TargetRetries = value);
        client.Value<WhenMissing>(nameof(options.WhenMissing), value => options.WhenMissing = value);
        client.Value<TimeSpan>(nameof(options.TargetRetryDelay), value => options.TargetRetryDelay = value);
        parts.State = client.Other("State");
        parts.Bus = client.Other("Bus");
        parts.Target = client.Other("Target");
        client.Items(nameof(options.DataTypes), type => options.DataTypes.Add(ReadType(type)));
    }

    private static ClientTypeOptions ReadType(StrictSection section)
    {
        var type = new ClientTypeOptions();
        section.Text(nameof(type.Name), value => type.Name = value);
        section.Text(nameof(type.From), value => type.From = value);
        section.Value<bool>(nameof(type.MayComeLater), value => type.MayComeLater = value);
        section.Nested(nameof(type.RemovalGuard), guard => ReadGuard(guard, type.RemovalGuard = new ClientRemovalGuardOptions()));
        section.Text(nameof(ToString), value => type.Display = value);
        section.NamedValues(nameof(type.Policies), typeof(AttributePolicy), (attribute, policy) => type.Policies[attribute] = (AttributePolicy)policy);
        section.Value<UnmanagedPolicy>(nameof(type.Unmanaged), value => type.Unmanaged = value);
        section.Value<TimeSpan>(nameof(type.CompareEvery), value => type.CompareEvery = value);
        section.Value<int>(nameof(type.CompareRate), value => type.CompareRate = value);
        section.Items(nameof(type.Correlate), rule => type.Correlate.Add(ReadRule(rule)));
        section.NamedTexts(nameof(type.Reference), (attribute, to) => type.Reference[attribute] = to);
        section.NamedTexts(nameof(type.References), (attribute, to) => type.References[attribute] = to);
        section.NamedTexts(nameof(type.Mapping), (attribute, mapping) => type.Mapping[attribute] = mapping);
        return type;
    }

    private static CorrelationOptions ReadRule(StrictSection section)
    {
        var rule = new CorrelationOptions();
        section.Text(nameof(rule.Attribute), value => rule.Attribute = value);
        section.Text(nameof(rule.Value), value => rule.Value = value);
        return rule;
    }

    private static void ReadGuard(StrictSection section, ClientRemovalGuardOptions guard)
    {
        section.Value<bool>(nameof(guard.Enabled), value => guard.Enabled = value);
        section.Value<double>(nameof(guard.MaxPercent), value => guard.MaxPercent = value);
        section.Value<int>(nameof(guard.MinEntries), value => guard.MinEntries = value);
        section.Value<int>(nameof(guard.MaxEntries), value => guard.MaxEntries = value);
        section.Value<bool>(nameof(guard.AllowEmpty), value => guard.AllowEmpty = value);
    }
}
