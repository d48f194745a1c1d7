using System.Diagnostics;

namespace Hermes.TestSupport.Servers;

/// <summary>Finds the programs of servers, and runs those that come to an end (<c>initdb</c>, <c>rabbitmqctl</c>).</summary>
public static class Programs
{
    private static readonly string[] BesidesPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/lib/rabbitmq/bin"];

    /// <summary>The path of a program, also where <c>PATH</c> does not lead, or null.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Concat(BesidesPath)
        .Concat(PostgreSqlFolders())
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end and returns what it wrote to standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error; holds all that it wrote.</exception>
    public static async Task<string> RunAsync(ServerCommand command, CancellationToken cancellationToken = default)
    {
        var (code, output, error) = await TryRunAsync(command, cancellationToken);
        return code == 0 ? output : throw new InvalidOperationException($"{command} ended with {code}:{Environment.NewLine}{output}{error}");
    }

    /// <summary>Runs a program to its end and returns how it ended.</summary>
    public static async Task<(int Code, string Output, string Error)> TryRunAsync(ServerCommand command, CancellationToken cancellationToken = default)
    {
        using var process = new Process { StartInfo = command.ToStartInfo() };
        process.StartInfo.RedirectStandardOutput = true;
        process.StartInfo.RedirectStandardError = true;
        process.StartInfo.RedirectStandardInput = true;
        process.Start();
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string[] PostgreSqlFolders() =>
        Directory.Exists("/usr/lib/postgresql")
            ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))]
            : [];
}
