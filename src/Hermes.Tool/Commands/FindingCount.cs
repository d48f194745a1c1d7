using Hermes.Tool.Configuration;

namespace Hermes.Tool.Commands;

/// <summary>How many errors and warnings there are, in words.</summary>
internal static class FindingCount
{
    public static string Of(IReadOnlyCollection<Finding> findings)
    {
        var warnings = findings.Count(finding => finding.IsWarning);
        return $"{Count(findings.Count - warnings, "error")}, {Count(warnings, "warning")}";
    }

    private static string Count(int number, string noun) => number switch
    {
        0 => $"no {noun}s",
        1 => $"1 {noun}",
        _ => $"{number} {noun}s",
    };
}
