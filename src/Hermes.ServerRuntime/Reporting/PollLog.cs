using System.Collections.Immutable;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime.Reporting;

/// <summary>Logs what is the matter with the entries of a poll, when it is not what the last poll found already.</summary>
internal sealed class PollLog(ServerSettings settings, ILogger logger)
{
    private const int MostNamed = 20;

    private readonly Dictionary<(string Type, string What), (int Count, string Entries)> _logged = [];

    public void Write(PollReport report, ImmutableArray<HeldRemovals> held)
    {
        foreach (var type in report.Types)
            WriteIssues(type);
        if (!held.IsEmpty)
            Log.RemovalsHeld(logger, settings.Name, string.Join("; ", held));
    }

    private void WriteIssues(TypeReport report)
    {
        var type = report.Type.Name;
        WriteIfNew(
            report,
            "bad",
            report.BadRows,
            (count, entries) => Log.BadRows(logger, settings.Name, count, type, entries, report.BadRows.First[0].Problem!));
        WriteIfNew(report, "inconsistent", report.Inconsistencies, (count, entries) => Log.Inconsistent(logger, settings.Name, count, type, entries));
        WriteIfNew(report, "conflicting", report.Conflicts, (count, entries) => Log.Conflicting(logger, settings.Name, count, type, entries));
        WriteIfNew(report, "integrity", report.IntegrityFiltered, (count, entries) => Log.IntegrityFiltered(logger, settings.Name, count, type, entries));
        WriteIfNew(report, "merge", report.MergeFiltered, (count, entries) => Log.MergeFiltered(logger, settings.Name, count, type, entries));
    }

    // A log in which every poll repeats the same entries is one that nobody reads.
    private void WriteIfNew(TypeReport report, string what, IssueList issues, Action<int, string> write)
    {
        var entries = Named(report.Type, issues);
        if (_logged.GetValueOrDefault((report.Type.Name, what)) == (issues.Count, entries))
            return;
        _logged[(report.Type.Name, what)] = (issues.Count, entries);
        if (issues.Count > 0)
            write(issues.Count, entries);
    }

    private string Named(DataType type, IssueList issues) =>
        string.Join(", ", issues.First.Take(MostNamed).Select(issue => settings.Describe(type, issue))) + (issues.Count > MostNamed ? ", ..." : "");
}
