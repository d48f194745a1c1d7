using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Http.Tests.Source;

/// <summary>Sources and reads of these tests.</summary>
internal static class Reads
{
    /// <summary>The settings that most tests begin with: one answer, an array of objects with an id, and the total in a header.</summary>
    public static HttpSourceOptions Options(TestService service, Action<HttpSourceOptions>? change = null)
    {
        var options = new HttpSourceOptions
        {
            Address = service.Address,
            Proof = ReadProof.Total,
            TotalHeader = "X-Total-Count",
            Retries = 0,
            Rereads = 0,
            RequestTimeout = TimeSpan.FromHours(2),
        };
        options.Key.Add("id");
        change?.Invoke(options);
        return options;
    }

    public static SourceOperation Fetch(string query = "", params string[] attributes) =>
        new(SourceOperationKind.Fetch, query, new Dictionary<string, Value>(), attributes.Length == 0 ? ["id"] : attributes);

    /// <summary>Reads with a source of these settings.</summary>
    public static async Task<List<Dictionary<string, Value>>> ReadAsync(this TestService service, SourceOperation operation, Action<HttpSourceOptions>? change = null)
    {
        using var source = new HttpSource("hr", Options(service, change), new ImpatientClock());
        return await source.ReadAllAsync(operation);
    }

    public static async Task<long[]> ReadIdsAsync(this TestService service, Action<HttpSourceOptions>? change = null) =>
        [.. (await service.ReadAsync(Fetch(), change)).Select(row => row["id"].AsInteger())];

    /// <summary>An array of objects with these ids.</summary>
    public static string Ids(IEnumerable<long> ids) => $"[{string.Join(',', ids.Select(id => string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{id}}}""")))}]";

}
