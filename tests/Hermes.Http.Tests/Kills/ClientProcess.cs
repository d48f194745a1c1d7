using System.Diagnostics;
using Hermes.Http.Host;

namespace Hermes.Http.Tests.Kills;

/// <summary>A client in a process of its own. It ends with the tests, since its standard input does.</summary>
internal sealed class ClientProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly Task<string> _log;

    private ClientProcess(Process process)
    {
        _process = process;
        _log = process.StandardError.ReadToEndAsync();
    }

    public static ClientProcess Start(string kind, string folder, string address)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KilledClient).Assembly.Location, kind, folder, address])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new ClientProcess(Process.Start(start)!);
    }

    /// <summary>Asks for something.</summary>
    /// <returns>What it answers; null if it ended before.</returns>
    public async Task<string?> AskAsync(string command)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(command);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            return null;
        }

        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (line != "ready")
                    return line;
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            throw new TimeoutException($"The client did not answer '{command}' within {Patience}. Its log:\n{await _log}");
        }
    }

    /// <summary>As <see cref="AskAsync"/>, of one that is not killed.</summary>
    public async Task<string> RequireAsync(string command) =>
        await AskAsync(command) ?? throw new InvalidOperationException($"The client ended before it answered '{command}'. Its log:\n{await _log}");

    /// <summary>Sends SIGKILL and waits for the end.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _log;
        _process.Dispose();
    }
}
