using System.Globalization;
using Hermes.Benchmarks;
using Hermes.Benchmarks.Phases;

// Measures whole runs of server and client beside the bare floor. Each phase runs in a process of its own, so that its peak memory is its own.
//   dotnet run -c Release --project benchmarks/Hermes.Benchmarks -- [--sizes 1000,10000,100000] [--plot file.svg]
//   dotnet run -c Release --project benchmarks/Hermes.Benchmarks -- --postgresql 10000      with bus and states in PostgreSQL, beside SQLite files
if (args is ["phase", var phase, var folder, var count])
{
    await Phase.RunAsync(phase, new BenchmarkFolder(folder), int.Parse(count, CultureInfo.InvariantCulture));
    return;
}

if (Option("--postgresql", "") is { Length: > 0 } users)
{
    await HomeComparison.RunAsync(int.Parse(users, CultureInfo.InvariantCulture));
    return;
}

var sizes = Option("--sizes", "1000,10000,100000").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
var runs = new List<BenchmarkRun>();
foreach (var size in sizes)
    runs.Add(await BenchmarkRun.MeasureAsync(size));

Report.Print(runs, Console.Out);
if (Option("--plot", "") is { Length: > 0 } plot)
    await File.WriteAllTextAsync(plot, Plot.Draw(runs));

string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
