using System.Diagnostics;
using System.Text;
using Hermes.Crash.Host;
using Hermes.Crash.Host.Failpoints;
using Hermes.Crash.Tests.Invariants;
using Hermes.Crash.Tests.Power;

namespace Hermes.Crash.Tests.Rig;

/// <summary>A running process of the rig.</summary>
internal sealed class RigProcess : IAsyncDisposable
{
    /// <summary>Where the rig's processes are, if not beside the tests: compiled ahead of time, they start with less work.</summary>
    private const string HostVariable = "HERMES_CRASH_HOST";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string Program =
        Environment.GetEnvironmentVariable(HostVariable) is { Length: > 0 } path ? path : typeof(RigFolder).Assembly.Location;

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly Task<string> _errors;
    private TaskCompletionSource _news = NewNews();
    private readonly Role _role;

    private RigProcess(Role role, Process process)
    {
        _role = role;
        _process = process;
        _process.StandardInput.AutoFlush = true;
        _errors = ReadLogAsync();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote to its log; complete when it has ended.</summary>
    public Task<string> Errors => _errors;

    public static RigProcess Start(Role role, RigFolder folder, RigSettings settings, Kill.At? kill = null)
    {
        string[] words = [role.Word(), folder.Path];
        var start = Program.EndsWith(".dll", StringComparison.Ordinal) ? new ProcessStartInfo("dotnet", [Program, .. words]) : new ProcessStartInfo(Program, words);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.Environment[RigSettings.Variable] = settings.ToText();
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment[Failpoint.Variable] = kill is null ? "" : $"{kill.Failpoint}:{kill.Hit}";
        if (settings.Options.Trouble == CampusTrouble.Cuts && role is (Role.Server or Role.Client))
        {
            foreach (var (name, value) in PowerCuts.Environment(folder))
                start.Environment[name] = value;
        }

        return new RigProcess(role, Process.Start(start)!);
    }

    /// <summary>Waits for a line of the process that starts with a word.</summary>
    /// <returns>The rest of the line, or null if the process ended before.</returns>
    public async Task<string?> SaysAsync(string word)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.StartsWith(word, StringComparison.Ordinal))
                    return line[word.Length..].Trim();
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            throw new ViolationException("Resumable", $"The {_role} did not say '{word}' in {Patience}. Its log:\n{await _errors}");
        }
    }

    public async Task TellAsync(string line)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It was killed before it could listen.
        }
    }

    /// <summary>Lets it do all that there is to do.</summary>
    /// <returns>What it says of it.</returns>
    public async Task<string> SettledAsync()
    {
        await TellAsync("settle");
        return await SaysAsync("settled") ?? throw new ViolationException("Resumable", $"The {_role} ended while it settled. Its log:\n{await _errors}");
    }

    /// <summary>Waits for the end of the process, at most so long.</summary>
    /// <returns>Whether it ended.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits until its log holds a text.</summary>
    public async Task LogsAsync(string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Task news;
            lock (_log)
            {
                if (_log.ToString().Contains(text, StringComparison.Ordinal))
                    return;
                news = _news.Task;
            }

            if (_errors.IsCompleted)
                throw new ViolationException("Told", $"The {_role} ended and did not tell '{text}'. Its log:\n{await _errors}");
            await Task.WhenAny(news, _errors).WaitAsync(limit.Token);
        }
    }

    /// <summary>Ends as a host does that is stopped, and says what it ended with.</summary>
    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        if (!await EndsWithinAsync(Patience))
            throw new ViolationException("Stops", $"The {_role} did not end in {Patience}. Its log:\n{_log}");
        return ExitCode;
    }

    public int ExitCode => _process.ExitCode;

    /// <summary>Sends SIGKILL and waits for the end.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    private async Task<string> ReadLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                _log.AppendLine(line);
                _news.SetResult();
                _news = NewNews();
            }
        }

        return _log.ToString();
    }

    private static TaskCompletionSource NewNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        await _errors;
        _process.Dispose();
    }
}
