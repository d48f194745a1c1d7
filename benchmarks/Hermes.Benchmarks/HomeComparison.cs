using System.Globalization;
using Hermes.Benchmarks.Phases;
using Hermes.TestSupport.Servers;

namespace Hermes.Benchmarks;

/// <summary>The same phases with bus and states in PostgreSQL as with SQLite files, in turn, and their ratio. The program starts the database; it waits for its disk.</summary>
internal static class HomeComparison
{
    private static readonly string[] Compared = [Phase.FirstPoll, Phase.InitSync, Phase.ClientInitialisation];
    private static readonly string[] Told = [Phase.FirstPoll, Phase.NoChangePoll, Phase.InitSync, Phase.ClientInitialisation];

    public static async Task RunAsync(int users)
    {
        await using var server = await PostgreSqlServer.StartAsync(default);
        await Statements.RunAsync(server.ConnectionString, "ALTER SYSTEM SET fsync = on");
        await Statements.RunAsync(server.ConnectionString, "SELECT pg_reload_conf()");
        var folder = new BenchmarkFolder(Directory.CreateTempSubdirectory("hermes-benchmark-").FullName);
        try
        {
            await BenchmarkRun.RunAsync(Phase.Data, folder, users);
            var (files, database) = (new Dictionary<string, Figure>(), new Dictionary<string, Figure>());
            foreach (var phase in Compared)
            {
                foreach (var (figures, home) in new[] { (files, ""), (database, server.ConnectionString) })
                {
                    foreach (var (name, figure) in await BenchmarkRun.RunAsync(phase, folder, users, home))
                        figures[name] = figure;
                }
            }

            foreach (var name in Told)
                Print(name, files[name], database[name]);
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private static void Print(string name, Figure files, Figure database) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-24} PostgreSQL {database.Seconds,8:F2} s {database.Items / database.Seconds,10:N0}/s   SQLite {files.Seconds,8:F2} s {files.Items / files.Seconds,10:N0}/s   "
        + $"time of PostgreSQL, times that of SQLite {database.Seconds / files.Seconds:F2}   peak memory {database.PeakMegabytes:F0} MB"));
}
