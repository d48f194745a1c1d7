using System.Diagnostics;
using Hermes.ClientRuntime.Control;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hermes.Benchmarks.Phases;

/// <summary>The client as a user runs it: hosted, with state and bus, and a target that takes everything and does nothing.</summary>
internal static class ClientPhases
{
    public static async Task<(string Name, double Seconds, long Items)[]> InitialiseAsync(BenchmarkFolder folder, long entries)
    {
        var target = new NoOpTarget();
        var seconds = await CatchUpAsync(folder, target);
        return target.Applied == entries
            ? [(Phase.ClientInitialisation, seconds, entries)]
            : throw new InvalidOperationException($"{target.Applied} entries were applied instead of {entries}.");
    }

    /// <summary>A start with nothing to do, and one with the changes of one percent.</summary>
    public static async Task<(string Name, double Seconds, long Items)[]> OnePercentAsync(BenchmarkFolder folder)
    {
        var target = new NoOpTarget();
        var changes = await CatchUpAsync(folder, target);
        if (target.Applied == 0)
            throw new InvalidOperationException("No change arrived.");
        var warmStart = await CatchUpAsync(folder, new NoOpTarget());
        return [(Phase.ClientOnePercent, changes, target.Applied), (Phase.ClientWarmStart, warmStart, 0)];
    }

    private static async Task<double> CatchUpAsync(BenchmarkFolder folder, NoOpTarget target)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddHermesClient("portal", client => client
            .UseHome(folder)
            .UseTarget(_ => target)
            .DataType("Groups", type => type.From("Groups").MapAll("group_id", "name", "kind", "mail"))
            .DataType("Users", type => type
                .From("Users")
                .MapAll("user_id", "login", "mail", "specialties", "birthday", "room", "quota", "active")
                .Map("display_name", "{{ first_name ~ ' ' ~ last_name }}"))
            .DataType("Memberships", type => type.From("Memberships").MapAll("user_id", "group_id")));
        using var host = builder.Build();
        var watch = Stopwatch.StartNew();
        await host.StartAsync();
        await host.Services.GetRequiredService<IHermesClientControl>().WhenCaughtUpAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        await host.StopAsync();
        return seconds;
    }
}
