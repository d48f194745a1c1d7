using System.Diagnostics;
using System.Reflection;
using System.Text;
using Hermes.TestSupport.Servers;

namespace Hermes.Tool.Tests.Processes;

/// <summary>The built program, run as a user runs it.</summary>
internal sealed class HermesProcess : IAsyncDisposable
{
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private HermesProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All that it wrote so far, to both of its outputs.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Where a file of a project lies that was built with these tests.</summary>
    public static string Built(string name) =>
        typeof(HermesProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;

    /// <summary>Starts <c>hermes</c>.</summary>
    public static HermesProcess Start(string folder, params string[] arguments) => Start(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Starts <c>hermes</c> with environment variables.</summary>
    public static HermesProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartAssembly(Built("Tool"), folder, environment, arguments);

    /// <summary>Starts a program of .NET.</summary>
    public static HermesProcess StartAssembly(string assembly, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new HermesProcess(start);
    }

    /// <summary>Runs <c>hermes</c> to its end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string folder, params string[] arguments)
    {
        await using var process = Start(folder, arguments);
        return await process.EndAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int Code, string Output)> EndAsync()
    {
        using var limit = new CancellationTokenSource(Bound);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, Output);
    }

    /// <summary>Asks it to end, as a supervisor does (SIGTERM), and waits for its end.</summary>
    public async Task<(int Code, string Output)> StopAsync()
    {
        await Programs.RunAsync(new ServerCommand(Programs.Find("kill")!, "-TERM", $"{_process.Id}"));
        return await EndAsync();
    }

    /// <summary>Waits for something that it does. Its end before that is a failure.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => Polling.UntilAsync(
        _ => _process.HasExited ? throw new InvalidOperationException($"It ended with {_process.ExitCode}: {Output}") : Task.FromResult(condition()),
        Bound,
        what);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_output)
            _output.AppendLine(line.Data);
    }
}
