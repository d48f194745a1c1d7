using System.Collections.Immutable;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>What a poll adds to the progress of a server.</summary>
internal static class PollProgress
{
    public static ServerProgress After(ServerProgress before, long confirmed, PollReport report, GuardVerdict verdict, DateTimeOffset now)
    {
        var removed = verdict.Released.CountBy(removal => removal.Type).ToDictionary();
        return before with
        {
            LastUpdate = now,
            IsPollDue = false,
            Resync = before.Resync?.Through <= confirmed ? null : before.Resync,
            Types = report.Types.ToImmutableDictionary(type => type.Type.Name, type =>
            {
                var old = before.Types.GetValueOrDefault(type.Type.Name);
                return new TypeProgress(
                    Newer(old?.LastAdded, type.Added), Newer(old?.LastModified, type.Modified), Newer(old?.LastRemoved, removed.GetValueOrDefault(type.Type)));
            }),
        };

        ChangeCount? Newer(ChangeCount? old, int count) => count > 0 ? new ChangeCount(now, count) : old;
    }
}
