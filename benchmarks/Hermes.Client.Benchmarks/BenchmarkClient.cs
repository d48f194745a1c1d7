using System.Diagnostics;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.State;
using Hermes.Sqlite.ClientState;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hermes.Client.Benchmarks;

/// <summary>A client in a folder of its own, with a bus that another process fills.</summary>
internal sealed class BenchmarkClient : IAsyncDisposable
{
    private readonly IHost _host;

    private BenchmarkClient(string folder, IHost host) => (Folder, _host) = (folder, host);

    public string Folder { get; }

    public string Bus => BusIn(Folder);

    public string State => StateIn(Folder);

    public IHermesClientControl Control => _host.Services.GetRequiredKeyedService<IHermesClientControl>("benchmark");

    /// <summary>Fills a bus and starts a client on it.</summary>
    /// <param name="sizes">What is on the bus.</param>
    /// <param name="target">The target.</param>
    /// <param name="store">Makes the store of the state in a file.</param>
    public static async Task<(BenchmarkClient Client, Stopwatch SinceStart)> StartAsync(Sizes sizes, IClientTarget target, Func<string, IClientStateStore>? store = null)
    {
        var folder = Directory.CreateTempSubdirectory("hermes-client-benchmark").FullName;
        using (var filler = Process.Start(Environment.ProcessPath!, ["fill", BusIn(folder), .. sizes.ToWords()]))
            await filler.WaitForExitAsync();

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole();
        builder.Services.AddHermesClient("benchmark", client => client
            .UseSqliteBus(BusIn(folder))
            .UseTarget(_ => target)
            .UseState(_ => store?.Invoke(StateIn(folder)) ?? new SqliteClientStateStore(StateIn(folder), null))
            .DataType("People", type => type.From("Users").MapAll("login", "mail", "phone", "born", "room", "floor", "active", "status", "first", "last"))
            .DataType("Groups", type => type.From("Groups").MapAll("name", "kind", "size"))
            .DataType("Members", type => type.From("Members").MapAll("uid", "gid")));
        var client = new BenchmarkClient(folder, builder.Build());
        var watch = Stopwatch.StartNew();
        await client._host.StartAsync();
        return (client, watch);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string BusIn(string folder) => Path.Combine(folder, "bus.db");

    private static string StateIn(string folder) => Path.Combine(folder, "state.db");
}
