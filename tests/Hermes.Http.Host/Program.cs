using Hermes.Http.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// A client that tests kill: on the bus and the state of a folder, with a target at an address. It obeys lines on its standard input, and ends when that ends, so that it does not
// outlive the tests. What it answers goes to its standard output, logs to its standard error.

var (kind, folder, address) = (args[0], args[1], new Uri(args[2]));
var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
builder.Services.AddHermesClient("killed", client => KilledClient.Build(client, kind, folder, address));
using var host = builder.Build();
await host.StartAsync();
Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is { } command)
    Console.WriteLine(await Commands.ObeyAsync(command.Split(' '), host.Services));
await host.StopAsync();
