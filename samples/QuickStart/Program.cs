using Hermes.ClientRuntime.Control;
using Hermes.ServerRuntime.Control;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuickStart;
using QuickStart.University;

// A small university, kept in step: its database is polled, what changed travels over a bus, and a folder of files follows.
// Every part is embedded: SQLite files, no server to install. Run it twice: the second run goes on from where the first one stopped.

var folder = new DataFolder(Path.Combine(Environment.CurrentDirectory, "quickstart-data"));
if (args.Except(["--reset", "--watch"]).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"Unknown argument '{unknown}'. Use --reset to start afresh, --watch to keep running.");
    return 2;
}

Terminal.Prepare();
if (args.Contains("--reset"))
    folder.Reset();
var isFirstRun = !File.Exists(folder.Database);
if (isFirstRun)
{
    Directory.CreateDirectory(folder.Path);
    await UniversityDatabase.CreateAsync(folder.Database);
}

using var host = Campus.CreateHost(folder, TimeSpan.FromSeconds(args.Contains("--watch") ? 2 : 60));
var server = host.Services.GetRequiredService<IHermesServerControl>();
var client = host.Services.GetRequiredService<IHermesClientControl>();
var bus = new BusTail(folder.Bus);
await bus.SkipToEndAsync();

Terminal.Title(isFirstRun ? "First run: the database is polled, and the client starts from all there is" : "Another run: it goes on from the stored state");
await host.StartAsync();
await Terminal.WhileAsync("polling the database", server.UpdateAsync());
await Terminal.WhileAsync("the client is catching up", client.WhenCaughtUpAsync());
Terminal.Known(server.Status);
Terminal.Events(await bus.ReadNewAsync(), client.Status);

Terminal.Title("A day at the university");
foreach (var (title, sql) in await UniversityLife.LiveADayAsync(folder.Database, Random.Shared))
    Terminal.Change(title, sql);
Terminal.Poll(await Terminal.WhileAsync("polling the database", server.UpdateAsync()));
await Terminal.WhileAsync("the client is catching up", client.WhenCaughtUpAsync());
Terminal.Events(await bus.ReadNewAsync(), client.Status);

if (args.Contains("--watch"))
    await Watch.RunAsync(folder, client, bus, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

Terminal.Title("Check");
var difference = await Check.CompareAsync(folder);
Terminal.Summary(server.Status, client.Status, difference, folder);
await host.StopAsync();
return difference.Count == 0 && client.Status.QueuedEvents == 0 ? 0 : 1;
