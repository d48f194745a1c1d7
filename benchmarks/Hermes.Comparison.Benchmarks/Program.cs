// How long a client takes to compare a target with its entries, beside the bare read of the same objects, as a ratio of one run:
//   dotnet run -c Release --project benchmarks/Hermes.Comparison.Benchmarks table 1000000
//   dotnet run -c Release --project benchmarks/Hermes.Comparison.Benchmarks ldap 250000     (eng/servers/install slapd first)
// The client fills the target first, which takes its time and is not measured. One object of a hundred is changed by hand before the comparison.
using System.Diagnostics;
using System.Globalization;
using Hermes.Client.Benchmarks;
using Hermes.ClientRuntime.Control;
using Hermes.Comparison.Benchmarks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var (kind, count) = args is [var given, var number] ? (given, int.Parse(number, CultureInfo.InvariantCulture)) : ("table", 100_000);
var folder = Directory.CreateTempSubdirectory("hermes-comparison-benchmark").FullName;
var bus = Path.Combine(folder, "bus.db");
await BusFile.FillAsync(bus, new Sizes(count, 0, 0));

await using ICompared compared = kind == "ldap" ? await ComparedDirectory.StartAsync() : new ComparedTable(Path.Combine(folder, "target.db"));
var host = Host.CreateEmptyApplicationBuilder(null);
host.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
host.Services.AddHermesClient("benchmark", client => client
    .UseSqliteBus(bus)
    .UseSqliteState(Path.Combine(folder, "state.db"))
    .UseTarget(_ => compared.Target)
    .Configure(options => options.MaxConcurrency = 4)
    .DataType("People", compared.Map));
using var app = host.Build();
await app.StartAsync();
var control = app.Services.GetRequiredKeyedService<IHermesClientControl>("benchmark");
await control.WhenCaughtUpAsync();
if (control.Status.QueuedEvents > 0)
    throw new InvalidOperationException((await control.ListErrorQueueAsync()).Items[0].Message);
compared.ChangeOneOfAHundred();

for (var round = 1; round <= 3; round++)
{
    var clock = Stopwatch.StartNew();
    var read = await compared.ReadBareAsync();
    var bare = clock.Elapsed.TotalSeconds;
    clock.Restart();
    var report = await control.Comparisons.CompareAsync("People");
    var seconds = clock.Elapsed.TotalSeconds;
    Console.WriteLine(
        $"{read} objects: bare read {bare:F2} s, comparison {seconds:F2} s ({read / seconds:F0}/s, {seconds / bare:F1} times the bare read), {report.Found} found, "
        + $"{GC.GetTotalMemory(forceFullCollection: true) / 1e6:F0} MB live, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB");
}

await app.StopAsync();
Directory.Delete(folder, recursive: true);
