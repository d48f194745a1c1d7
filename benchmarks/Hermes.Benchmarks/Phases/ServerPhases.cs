using System.Diagnostics;
using Hermes.Benchmarks.Data;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Control;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hermes.Benchmarks.Phases;

/// <summary>The server as a user runs it: hosted, with state and bus.</summary>
internal static class ServerPhases
{
    private const int NoChangePolls = 5;

    public static async Task<(string Name, double Seconds, long Items)[]> FirstPollAsync(BenchmarkFolder folder, long entries)
    {
        using var host = CreateHost(folder);
        var first = await StartAsync(host);
        var control = host.Services.GetRequiredService<IHermesServerControl>();
        var polls = new List<double>();
        for (var poll = 0; poll < NoChangePolls; poll++)
            polls.Add(await TimeAsync(control.UpdateAsync()));
        await host.StopAsync();
        return [(Phase.FirstPoll, first, entries), (Phase.NoChangePoll, polls.Order().ElementAt(NoChangePolls / 2), entries)];
    }

    /// <summary>From the start of the host to the end of its first poll, less what a poll takes once it is warm.</summary>
    public static async Task<(string Name, double Seconds, long Items)[]> WarmStartAsync(BenchmarkFolder folder, long entries)
    {
        using var host = CreateHost(folder);
        var started = await StartAsync(host);
        var poll = await TimeAsync(host.Services.GetRequiredService<IHermesServerControl>().UpdateAsync());
        await host.StopAsync();
        return [(Phase.ServerWarmStart, Math.Max(0, started - poll), entries)];
    }

    /// <summary>All entries to the bus. The poll that follows an initsync is taken off.</summary>
    public static async Task<(string Name, double Seconds, long Items)[]> InitSyncAsync(BenchmarkFolder folder, long entries)
    {
        using var host = CreateHost(folder);
        await StartAsync(host);
        var control = host.Services.GetRequiredService<IHermesServerControl>();
        var poll = await TimeAsync(control.UpdateAsync());
        var initSync = await TimeAsync(control.InitSyncAsync());
        await host.StopAsync();
        return [(Phase.InitSync, initSync - poll, entries + 2)];
    }

    public static async Task<(string Name, double Seconds, long Items)[]> OnePercentAsync(BenchmarkFolder folder)
    {
        using var host = CreateHost(folder);
        var watch = Stopwatch.StartNew();
        await StartAsync(host);
        var seconds = watch.Elapsed.TotalSeconds;
        var types = host.Services.GetRequiredService<IHermesServerControl>().Status.Types;
        await host.StopAsync();
        return [(Phase.ServerOnePercent, seconds, types.Sum(type => (long)(type.LastAdded?.Count ?? 0) + (type.LastModified?.Count ?? 0) + (type.LastRemoved?.Count ?? 0)))];
    }

    private static IHost CreateHost(BenchmarkFolder folder)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddHermesServer("campus", server => server
            .AddSqlSource("campus", SqliteFactory.Instance, $"Data Source={folder.Database};Mode=ReadOnly")
            .UseHome(folder)
            .PollEvery(TimeSpan.FromHours(1))
            .DataType("Groups", type => type
                .Key("group_id")
                .From("campus", source => source.Fetch(CampusData.GroupsQuery).MapAll("group_id", "name", "kind", "mail")))
            .DataType("Users", type => type
                .Key("user_id")
                .From("campus", source => source
                    .Fetch(CampusData.UsersQuery)
                    .MapAll("user_id", "login", "first_name", "middle_name", "last_name", "mail", "birthday", "room", "quota", "active")
                    .Map("specialties", "{{ (specialties | default('')).split(';') | reject('==', '') | list }}")))
            .DataType("Memberships", type => type
                .Key("user_id", "group_id")
                .ForeignKey("user_id", "Users", "user_id")
                .ForeignKey("group_id", "Groups", "group_id")
                .IntegrityConstraint("{{ _SELF.user_id in Users_pkeys and _SELF.group_id in Groups_pkeys }}")
                .From("campus", source => source.Fetch(CampusData.MembershipsQuery).MapAll("user_id", "group_id"))));
        return builder.Build();
    }

    // The server polls as soon as it starts.
    private static async Task<double> StartAsync(IHost host)
    {
        var control = host.Services.GetRequiredService<IHermesServerControl>();
        var before = TimeProvider.System.GetUtcNow();
        var watch = Stopwatch.StartNew();
        await host.StartAsync();
        while (!(control.Status.LastUpdate > before && control.Status.State == RunState.Waiting))
        {
            if (control.Status.LastError is { } error)
                throw new InvalidOperationException(error.Message);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> TimeAsync(Task<PollResult> work)
    {
        var watch = Stopwatch.StartNew();
        var result = await work;
        return result.Succeeded ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException(result.Error);
    }
}
