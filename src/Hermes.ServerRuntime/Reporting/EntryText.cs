using Hermes.Abstractions.Data;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Diagnostics;

namespace Hermes.ServerRuntime.Reporting;

/// <summary>Entries as people read them, cut to the length that a server is set to.</summary>
internal static class EntryText
{
    public static string Describe(this ServerSettings settings, DataType type, EntryIssue issue) =>
        settings.Describe(type, issue.Key, null) + (issue.Attributes.IsDefaultOrEmpty ? "" : $" in {string.Join(", ", issue.Attributes)}");

    public static string Describe(this ServerSettings settings, DataType type, EntryKey key, Entry? entry) =>
        ShortText.Cut(type.Describe(key, entry), settings.MaxLoggedValueLength);
}
