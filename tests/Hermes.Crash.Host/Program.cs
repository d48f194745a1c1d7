using Hermes.Crash.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// A process of the crash rig: server, client or changer, on the files of a folder. It obeys lines on its standard input ("settle", "initsync", "wait") and ends when that ends,
// so that no process outlives the driver. What it says to the driver goes to its standard output, logs to its standard error.

var role = args[0];
var isServer = role is "server" or RigFolder.Stranger or RigFolder.Twin;
var folder = isServer ? new RigFolder(args[1], Server: role) : new RigFolder(args[1], role);
var settings = RigSettings.FromEnvironment();
folder = folder with { Host = settings.Host };
using var stop = new CancellationTokenSource();

if (role == "changer")
{
    var changing = Task.Run(() => Roles.ChangeAsync(folder, settings, stop.Token));
    Console.WriteLine("ready");
    while (await Console.In.ReadLineAsync() is not null)
    {
    }

    await stop.CancelAsync();
    await changing;
    return 0;
}

var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
builder.Services.AddSingleton<TimeProvider>(new ShiftedClock(settings.ClockShift));
if (isServer)
    Campus.AddServer(builder.Services, folder, settings);
else
    Campus.AddClient(builder.Services, folder, settings);

using var host = builder.Build();
await host.StartAsync();
if (settings is { Host: "", Options.State: CampusState.PostgreSql })
    await Roles.WhenAtWorkAsync(host.Services);
Console.WriteLine("ready");

var help = Roles.WhenHelpIsNeededAsync(host.Services, stop.Token);
while (true)
{
    var line = Task.Run(Console.In.ReadLine);
    if (await Task.WhenAny((Task)line, help) == help)
    {
        await Console.Error.WriteLineAsync(await help);
        return 3;
    }

    if (await line is not { } command)
        break;
    Console.WriteLine(await Roles.ObeyAsync(command, role, host.Services));
}

await stop.CancelAsync();
await host.StopAsync();
return 0;
