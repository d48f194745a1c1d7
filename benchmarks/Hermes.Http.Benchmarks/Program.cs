using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Http.Benchmarks;
using Hermes.Http.Source;

// What the HTTP source costs over a bare HttpClient and JsonDocument, on the same 100,000 people in pages of 1,000 from a server in this process. The time of the
// processors, that of the server included, tells more than the clock where others use the machine.
const int Rounds = 15;
await using var service = await PeopleService.StartAsync();
var options = new HttpSourceOptions
{
    Address = service.Address,
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
using var source = new HttpSource("people", options);
using var client = new HttpClient();

var bare = new List<Cost>();
var through = new List<Cost>();
for (var round = 0; round < Rounds; round++)
{
    bare.Add(await MeasureAsync(() => ReadBareAsync(client, service.Address)));
    through.Add(await MeasureAsync(() => ReadThroughAsync(source)));
}

Tell("bare client", bare);
Tell("HttpSource", through);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"throughput    {bare.Min(cost => cost.Clock) / through.Min(cost => cost.Clock),7:F2}      by processor {bare.Min(cost => cost.Work) / through.Min(cost => cost.Work):F2}"));

static void Tell(string name, List<Cost> costs) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{name,-13} {costs.Min(cost => cost.Clock),7:F0} ms   processor {costs.Min(cost => cost.Work):F0} ms"));

static async Task<Cost> MeasureAsync(Func<Task<long>> read)
{
    GC.Collect();
    var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
    var rows = await read();
    var cost = new Cost(Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
    return rows == PeopleService.Count ? cost : throw new InvalidOperationException($"{rows} people were read, not {PeopleService.Count}.");
}

static async Task<long> ReadBareAsync(HttpClient client, string address)
{
    var people = new List<(long, string?, string?, string?, bool)>();
    while (true)
    {
        await using var answer = await client.GetStreamAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"{address}/?offset={people.Count}")));
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

static async Task<long> ReadThroughAsync(HttpSource source)
{
    long rows = 0;
    var operation = new SourceOperation(SourceOperationKind.Fetch, "", new Dictionary<string, Value>(), ["active", "family", "given", "id", "mail"]);
    await foreach (var row in source.FetchAsync(operation, default))
        rows += row.Values.Length == 5 ? 1 : 0;
    return rows;
}

internal readonly record struct Cost(double Clock, double Work);
