using System.Diagnostics;

namespace Hermes.Crash.Tests.Power;

/// <summary>The library that keeps what was flushed, compiled when it is first asked for.</summary>
internal static class PowerCutShim
{
    private static readonly Lazy<(string? Path, string Reason)> Built = new(Build);

    /// <summary>Where it is; null if it cannot be had.</summary>
    public static string? Path => Built.Value.Path;

    /// <summary>Why it cannot be had.</summary>
    public static string Reason => Built.Value.Reason;

    private static (string? Path, string Reason) Build()
    {
        if (!OperatingSystem.IsLinux())
            return (null, "they need Linux");
        var library = System.IO.Path.Combine(AppContext.BaseDirectory, "powercut.so");
        var draft = $"{library}.{Environment.ProcessId}";
        string[] arguments = ["-shared", "-fPIC", "-O2", "-o", draft, System.IO.Path.Combine(AppContext.BaseDirectory, "Power", "powercut.c"), "-ldl"];
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("cc", arguments) { RedirectStandardError = true })!;
            var errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
                return (null, $"cc failed: {errors}");
            File.Move(draft, library, overwrite: true);
            return (library, "");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, "there is no C compiler 'cc'");
        }
    }
}
