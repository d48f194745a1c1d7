using System.Globalization;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Http.Source;

namespace Hermes.Http.Benchmarks;

/// <summary>Reads people page by page: with the source, and with nothing but an HttpClient and a JsonDocument.</summary>
internal sealed class Reading(PeopleService service) : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly HttpSource _source = new("people", Options(service.Address));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _source.Dispose();
        await service.DisposeAsync();
    }

    public async Task<long> BareAsync()
    {
        var people = new List<(long, string?, string?, string?, bool)>();
        while (true)
        {
            await using var answer = await _client.GetStreamAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"{service.Address}/?offset={people.Count}")));
            using var page = await JsonDocument.ParseAsync(answer);
            var items = page.RootElement.GetProperty("items");
            if (items.GetArrayLength() == 0)
                return people.Count;
            foreach (var item in items.EnumerateArray())
            {
                var name = item.GetProperty("name");
                people.Add((
                    item.GetProperty("id").GetInt64(), name.GetProperty("family").GetString(), name.GetProperty("given").GetString(), item.GetProperty("mail").GetString(),
                    item.GetProperty("active").GetBoolean()));
            }
        }
    }

    public async Task<long> ThroughAsync()
    {
        long rows = 0;
        var operation = new SourceOperation(SourceOperationKind.Fetch, "", new Dictionary<string, Value>(), ["active", "family", "given", "id", "mail"]);
        await foreach (var row in _source.FetchAsync(operation, default))
            rows += row.Values.Length == 5 ? 1 : 0;
        return rows;
    }

    private static HttpSourceOptions Options(string address)
    {
        var options = new HttpSourceOptions
        {
            Address = address,
            Items = "/items",
            Paging = HttpPaging.Offset,
            PagingParameter = "offset",
            Overlap = false,
            Proof = ReadProof.Total,
            TotalPointer = "/total",
        };
        options.Key.Add("id");
        options.Attributes["family"] = "/name/family";
        options.Attributes["given"] = "/name/given";
        return options;
    }
}
