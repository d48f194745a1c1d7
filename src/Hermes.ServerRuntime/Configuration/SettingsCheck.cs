using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model;

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
        ICollection<ConfigurationError> errors,
        [NotNullWhen(true)] out ServerSettings? settings)
    {
        var before = errors.Count;
        Require(options.PollInterval is not null, $"{path}:PollInterval", "The poll interval is missing.", "Set how often the sources are read, such as 00:05:00.");
        Require(options.PollInterval is not { } interval || interval > TimeSpan.Zero, $"{path}:PollInterval", "The poll interval is not positive.", "Set a time such as 00:05:00.");
        Require(options.MaxLoggedValueLength > 0, $"{path}:MaxLoggedValueLength", "The length is not positive.", "Set a number of characters, such as 512.");
        CheckGuard(options.RemovalGuard);
        CheckRetry(options.Retry);
        var isModelValid = ServerModel.TryBuild(options.Model, engine, path, sources, errors, out var model);
        settings = errors.Count > before || !isModelValid
            ? null
            : new ServerSettings(
                name,
                model!,
                options.PollInterval!.Value,
                options.InitSyncAtFirstPoll,
                options.RemovalGuard is { Enabled: true } guard ? new RemovalGuardSettings(guard.MaxPercent, guard.MinEntries, guard.MaxEntries) : null,
                new RetrySettings(options.Retry.FirstDelay, options.Retry.MaxDelay),
                options.MaxLoggedValueLength);
        return settings is not null;

        void CheckGuard(RemovalGuardOptions guard)
        {
            Require(guard.MaxPercent is >= 0 and <= 100, $"{path}:RemovalGuard:MaxPercent", "The share is not between 0 and 100.", "Set a percentage such as 20.");
            Require(guard.MinEntries >= 0, $"{path}:RemovalGuard:MinEntries", "The number is negative.", "Set a number of entries such as 50.");
            Require(guard.MaxEntries is null or >= 0, $"{path}:RemovalGuard:MaxEntries", "The number is negative.", "Set a number of entries, or leave it out.");
        }

        void CheckRetry(RetryOptions retry)
        {
            Require(retry.FirstDelay > TimeSpan.Zero, $"{path}:Retry:FirstDelay", "The time is not positive.", "Set a time such as 00:00:05.");
            Require(retry.MaxDelay >= retry.FirstDelay, $"{path}:Retry:MaxDelay", "The longest wait is shorter than the first.", "Set a time such as 00:05:00.");
            Require(retry.MaxDelay <= TimeSpan.FromDays(1), $"{path}:Retry:MaxDelay", "The longest wait is longer than a day.", "Set a time such as 00:05:00.");
        }

        void Require(bool condition, string where, string problem, string fix)
        {
            if (!condition)
                errors.Add(new ConfigurationError(where, problem, fix));
        }
    }
}
