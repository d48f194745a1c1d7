using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hermes.Benchmarks.Data;
using Hermes.Benchmarks.Phases;

namespace Hermes.Benchmarks;

/// <summary>What was measured at one size.</summary>
/// <param name="Users">How many users there were.</param>
/// <param name="Figures">The figures, by phase.</param>
internal sealed record BenchmarkRun(int Users, IReadOnlyDictionary<string, Figure> Figures)
{
    public long Entries => CampusData.EntriesOf(Users);

    /// <summary>Runs the phases one after the other, in processes of their own, and cleans up.</summary>
    public static async Task<BenchmarkRun> MeasureAsync(int users)
    {
        var folder = new BenchmarkFolder(Directory.CreateTempSubdirectory("hermes-benchmark-").FullName);
        try
        {
            var figures = new Dictionary<string, Figure>();
            foreach (var phase in Phase.InOrder)
            {
                foreach (var (name, figure) in await RunAsync(phase, folder, users))
                    figures[name] = figure;
                Console.Error.WriteLine($"{users,9} users  {phase}");
            }

            return new BenchmarkRun(users, figures);
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    /// <summary>Runs a phase in a process of its own.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="folder">Its files.</param>
    /// <param name="users">How many users there are.</param>
    /// <param name="home">The database that bus and states lie in; empty for SQLite files.</param>
    public static async Task<Dictionary<string, Figure>> RunAsync(string phase, BenchmarkFolder folder, int users, string home = "")
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.Environment[Home.Variable] = home;
        foreach (var argument in new[] { "phase", phase, folder.Path, users.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Dictionary<string, Figure>>(output)!
            : throw new InvalidOperationException($"The phase {phase} failed with exit code {process.ExitCode}: {output}");
    }
}
