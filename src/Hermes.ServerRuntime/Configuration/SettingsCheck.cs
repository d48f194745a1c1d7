using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model;
using Hermes.Events;
using Hermes.Runtime.Configuration;
using Hermes.Runtime.Guard;
using Hermes.ServerRuntime.Guard;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>Checks the settings of a server and compiles its data model.</summary>
internal static class SettingsCheck
{
    public static bool TryCheck(
        string name,
        string path,
        HermesServerOptions options,
        ITemplateEngine engine,
        IReadOnlySet<string> sources,
        ConfigurationErrors errors,
        [NotNullWhen(true)] out ServerSettings? settings)
    {
        var before = errors.Count;
        Require(options.PollInterval is not null, "PollInterval", "The poll interval is missing.", "Set a time between two polls, such as 00:05:00.");
        Require(
            options.PollInterval is not { } interval || interval > TimeSpan.Zero, "PollInterval", "The time is not positive.", "Set a time such as 00:05:00.");
        Require(!(options.PollInterval > TimeSpan.FromDays(30)), "PollInterval", "The time is longer than 30 days.", "Set a time such as 00:05:00.");
        Require(options.MaxLoggedValueLength > 0, "MaxLoggedValueLength", "The length is not positive.", "Set a number of characters, such as 512.");
        Require(options.Model.MaxValueLength > 0, "MaxValueLength", "The length is not positive.", "Set a number of characters, such as 16777216.");
        Require(
            options.SigningKey is null or { Length: >= EventSignature.ShortestKey },
            "SigningKey",
            "The key is too short.",
            $"Set a random text of at least {EventSignature.ShortestKey} characters, or leave it out.");
        var (guard, attributes) = (options.RemovalGuard, options.RemovalGuard.Attributes);
        CheckGuard("RemovalGuard", guard.MaxPercent, guard.MinEntries, guard.MaxEntries);
        CheckGuard("RemovalGuard:Attributes", attributes.MaxPercent, attributes.MinEntries, attributes.MaxEntries);
        CheckRetry(options.Retry);
        var isModelValid = ServerModel.TryBuild(options.Model, engine, path, sources, errors, out var model);
        if (isModelValid)
            CheckExceptions(model!);
        settings = errors.Count > before || !isModelValid || options.PollInterval is not { } pollInterval
            ? null
            : new ServerSettings(
                name,
                model!,
                pollInterval,
                options.InitSyncAtFirstPoll,
                guard.Enabled ? new GuardRule(guard.MaxPercent, guard.MinEntries, guard.MaxEntries, guard.AllowEmpty) : null,
                new RetrySettings(options.Retry.FirstDelay, options.Retry.MaxDelay),
                options.MaxLoggedValueLength)
            {
                SigningKey = options.SigningKey is { } key ? EventSignature.KeyOf(key) : null,
                AttributeGuard = guard.Enabled && attributes.Enabled
                    ? new GuardRule(attributes.MaxPercent, attributes.MinEntries, attributes.MaxEntries, attributes.AllowEmpty)
                    : null,
                Unguarded = attributes.Except.ToFrozenSet(StringComparer.Ordinal),
            };
        return settings is not null;

        void CheckGuard(string section, double maxPercent, int minEntries, int? maxEntries)
        {
            Require(maxPercent is >= 0 and <= 100, section + ":MaxPercent", "The share is not between 0 and 100.", "Set a percentage such as 20.");
            Require(minEntries >= 0, section + ":MinEntries", "The number is negative.", "Set a number of entries such as 10.");
            Require(maxEntries is null or >= 0, section + ":MaxEntries", "The number is negative.", "Set a number of entries, or leave it out.");
        }

        void CheckExceptions(ServerModel model)
        {
            for (var i = 0; i < attributes.Except.Count; i++)
            {
                var name = attributes.Except[i];
                Require(
                    model.TryGetType(HeldSet.TypeOf(name), out var type) && (name == type.Name || type.Has(name[(type.Name.Length + 1)..])),
                    $"RemovalGuard:Attributes:Except:{i}",
                    $"There is no data type or attribute {name}.",
                    "Write the name of a data type, such as Users, or of an attribute, such as Users.mail.");
            }
        }

        void CheckRetry(RetryOptions retry)
        {
            const string Fix = "Set a time such as 00:05:00.";
            Require(retry.FirstDelay > TimeSpan.Zero, "Retry:FirstDelay", "The time is not positive.", "Set a time such as 00:00:05.");
            Require(retry.MaxDelay >= retry.FirstDelay, "Retry:MaxDelay", "The longest wait is shorter than the first.", Fix);
            Require(retry.MaxDelay <= TimeSpan.FromDays(1), "Retry:MaxDelay", "The longest wait is longer than a day.", Fix);
        }

        void Require(bool condition, string setting, string problem, string fix) => errors.Require(condition, $"{path}:{setting}", problem, fix);
    }
}
