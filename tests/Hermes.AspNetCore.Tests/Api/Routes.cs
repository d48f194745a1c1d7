using System.Globalization;
using System.Text.RegularExpressions;

namespace Hermes.AspNetCore.Tests.Api;

/// <summary>The routes that the document tells of, with the places in them filled in.</summary>
internal static partial class Routes
{
    private static readonly Dictionary<string, string> Places = new()
    {
        ["server"] = "campus",
        ["client"] = "portal",
        ["type"] = "Users",
        ["set"] = "Users",
        ["side"] = "remote",
        ["operation"] = "1",
    };

    public static async Task<IReadOnlyList<(string Method, string Path)>> ReadAsync(CampusHost host, Func<string, string?>? place = null)
    {
        var number = (await host.Client.ListErrorQueueAsync()).Items[0].Number.ToString(CultureInfo.InvariantCulture);
        var document = await (await host.Http.GetAsync("api/v1/openapi.json")).ReadJsonAsync();
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from method in path.Value.EnumerateObject()
               select (method.Name.ToUpperInvariant(), Fill(path.Name, name => place?.Invoke(name) ?? (name == "number" ? number : null))),
        ];
    }

    private static string Fill(string path, Func<string, string?> place) =>
        Place().Replace(path, match => place(match.Groups["name"].Value) ?? TypeOf(path, match.Groups["name"].Value));

    // Links and comparisons are about the client's own types.
    private static string TypeOf(string path, string name) => name == "type" && (path.Contains("/links/") || path.Contains("/comparisons/")) ? "Accounts" : Places[name];

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Place();
}
