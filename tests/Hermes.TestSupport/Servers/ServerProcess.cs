using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Hermes.TestSupport.Servers;

/// <summary>
/// A server that runs as a process group of its own, so that a kill takes its children too. It ends with the tests however they end: a watcher
/// reads from a pipe that only the test process holds open, and kills the group when that process is gone.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigContinue = 18;
    private const int SigStop = 19;
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(20);

    private readonly ServerCommand _command;
    private readonly string _log;
    private readonly Func<CancellationToken, Task<bool>> _isReady;
    private readonly TimeSpan _bound;
    private Process? _process;
    private Process? _watcher;

    private ServerProcess(ServerCommand command, string log, Func<CancellationToken, Task<bool>> isReady, TimeSpan bound) =>
        (_command, _log, _isReady, _bound) = (command, log, isReady, bound);

    /// <summary>The id of the process and of its group; the last one's when it is not running.</summary>
    public int Id { get; private set; }

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="command">The command, which must stay in the foreground.</param>
    /// <param name="log">The file that its output is appended to.</param>
    /// <param name="isReady">Whether it answers; asked every 50 ms.</param>
    /// <param name="bound">How long a start may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; holds the end of its output.</exception>
    public static async Task<ServerProcess> StartAsync(
        ServerCommand command, string log, Func<CancellationToken, Task<bool>> isReady, TimeSpan bound, CancellationToken cancellationToken = default)
    {
        var server = new ServerProcess(command, log, isReady, bound);
        await server.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts it again with the same command on the same data, after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_process is not null)
            throw new InvalidOperationException($"{_command.Program} runs already.");
        // The shell only joins output and file; exec leaves no shell behind, so the id is the server's own.
        _process = new Process
        {
            StartInfo = _command.ToStartInfo(Programs.Find("setsid") ?? "setsid", "/bin/sh", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", _log),
        };
        _process.Start();
        Id = _process.Id;
        _watcher = Watch(Id);
        try
        {
            await Polling.UntilAsync(
                async token => _process.HasExited ? throw new InvalidOperationException("It ended.") : await _isReady(token),
                _bound,
                $"{Path.GetFileName(_command.Program)} to be ready",
                cancellationToken);
        }
        catch (Exception exception)
        {
            await KillAsync();
            throw new InvalidOperationException($"{_command} did not start: {exception.Message}{Environment.NewLine}{TailOfLog()}", exception);
        }
    }

    /// <summary>Ends it as a power failure would: <c>kill -9</c> of the whole group.</summary>
    public Task KillAsync() => EndAsync(SigKill);

    /// <summary>Lets it hang, with all its connections, until <see cref="Thaw"/>.</summary>
    public void Freeze()
    {
        _ = Signal(-Id, SigStop);

        // A thread that runs on another core stops a little later, and may still answer until then.
        if (!SpinWait.SpinUntil(() => ProcessGroup.IsStopped(Id), StopBound))
            throw new InvalidOperationException($"{_command.Program} did not stop.");
    }

    /// <summary>Lets it go on after <see cref="Freeze"/>.</summary>
    public void Thaw() => _ = Signal(-Id, SigContinue);

    /// <summary>Asks it to end (SIGTERM), and kills it if it does not within 20 seconds.</summary>
    public Task StopAsync() => EndAsync(SigTerm);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>The last lines that the server wrote.</summary>
    public string TailOfLog() => File.Exists(_log) ? string.Join(Environment.NewLine, File.ReadLines(_log).TakeLast(30)) : "";

    private async Task EndAsync(int signal)
    {
        if (_process is null)
            return;
        // The watcher goes first: once the server has ended its id may belong to another process.
        _watcher!.Kill();
        await _watcher.WaitForExitAsync();
        _watcher.Dispose();

        if (!_process.HasExited)
            _ = Signal(signal == SigKill ? -_process.Id : _process.Id, signal);
        using (var patience = new CancellationTokenSource(StopBound))
        {
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _ = Signal(-_process.Id, SigKill);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        // Children that outlive the leader keep its group id in use, so this reaches them and nobody else.
        _ = Signal(-Id, SigKill);
        _process.Dispose();
        _process = null;
    }

    private static Process Watch(int id)
    {
        var watcher = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"read -r _; kill -9 -{id}"]) { RedirectStandardInput = true })!;
        return watcher;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
