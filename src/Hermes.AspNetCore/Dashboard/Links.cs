using Hermes.Abstractions.Data;
using Hermes.AspNetCore.Http;
using Hermes.Runtime.Lists;

namespace Hermes.AspNetCore.Dashboard;

/// <summary>Addresses of pages, seen from the root of the dashboard.</summary>
internal static class Links
{
    public static string Server(string name, string rest = "") => $"servers/{Uri.EscapeDataString(name)}{rest}";

    public static string Client(string name, string rest = "") => $"clients/{Uri.EscapeDataString(name)}{rest}";

    public static string Segment(string name) => "/" + Uri.EscapeDataString(name);

    /// <summary>The events of an entry in the error queue.</summary>
    public static string Event(string client, string type, EntryKey key) =>
        Client(client, $"/queue/entry{Query(ListParameters.Write(new ListFilter { Type = type, Key = key }))}");

    /// <summary>A list from another place on, or counted.</summary>
    public static string Page(string path, ListQuery query, string? cursor, bool withTotal = false) => path + Query(
    [
        .. ListParameters.Write(query.Filter),
        .. cursor is null ? [] : new[] { KeyValuePair.Create("cursor", cursor) },
        .. withTotal ? new[] { KeyValuePair.Create("total", "true") } : [],
    ]);

    public static string Query(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var text = string.Join('&', pairs.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        return text.Length == 0 ? "" : "?" + text;
    }
}
