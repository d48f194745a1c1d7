// Takes an initsync from a SQLite bus into a no-op target with durable state, and measures events per second and peak memory.
// dotnet run -c Release --project benchmarks/Hermes.Client.Benchmarks [users groups memberships]
// The bus is filled by a process of its own, so that its memory is not counted.
using System.Diagnostics;
using Hermes.Client.Benchmarks;
using Hermes.ClientRuntime.Control;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var isFilling = args is ["fill", ..];
int[] numbers = [.. args.Skip(isFilling ? 2 : 0).Select(int.Parse)];
var (users, groups, memberships) = numbers is [var u, var g, var m] ? (u, g, m) : (100_000, 5_000, 300_000);
var folder = isFilling ? args[1] : Directory.CreateTempSubdirectory("hermes-client-benchmark").FullName;
var bus = Path.Combine(folder, "bus.db");

if (isFilling)
{
    var parts = new ServiceCollection();
    var builder = new ProducerOnly(parts);
    builder.UseSqliteBus(bus);
    await using var services = parts.BuildServiceProvider();
    await using var producer = builder.Create!(services);
    await BusFile.FillAsync(producer, users, groups, memberships);
    return;
}

using (var filler = Process.Start(Environment.ProcessPath!, ["fill", folder, $"{users}", $"{groups}", $"{memberships}"]))
    await filler.WaitForExitAsync();

var host = Host.CreateEmptyApplicationBuilder(null);
host.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
host.Services.AddHermesClient("benchmark", client => client
    .UseSqliteBus(bus)
    .UseTarget(_ => new NoOpTarget())
    .UseSqliteState(Path.Combine(folder, "state.db"))
    .DataType("People", type => type.From("Users").MapAll("login", "mail", "phone", "born", "room", "floor", "active", "status", "first", "last"))
    .DataType("Groups", type => type.From("Groups").MapAll("name", "kind", "size"))
    .DataType("Members", type => type.From("Members").MapAll("uid", "gid")));
using var app = host.Build();
var clock = Stopwatch.StartNew();
await app.StartAsync();
var control = app.Services.GetRequiredKeyedService<IHermesClientControl>("benchmark");
await control.WhenCaughtUpAsync();
clock.Stop();
var events = users + groups + memberships;
Console.WriteLine($"{events} events in {clock.Elapsed.TotalSeconds:F2} s: {events / clock.Elapsed.TotalSeconds:F0}/s");
var process = Process.GetCurrentProcess();
Console.WriteLine($"processor time {process.TotalProcessorTime.TotalSeconds:F2} s, peak memory {process.PeakWorkingSet64 / 1e6:F0} MB");
Console.WriteLine($"state {new FileInfo(Path.Combine(folder, "state.db")).Length / 1e6:F0} MB");
await app.StopAsync();
Directory.Delete(folder, recursive: true);
