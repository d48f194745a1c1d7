using System.Text;
using Hermes.Crash.Host;
using Hermes.Crash.Host.Source;

namespace Hermes.Crash.Tests.Invariants;

/// <summary><i>Secret kept</i>: no value of the secret attribute stands in a state or a log.</summary>
internal static class SecretKept
{
    private static readonly byte[] Mark = Encoding.UTF8.GetBytes(Changer.PasswordMark);

    public static void Check(CampusOptions options, string place, string text)
    {
        if (options.HasSecret && text.Contains(Changer.PasswordMark, StringComparison.Ordinal))
            throw Violation(place);
    }

    public static void CheckFile(string path)
    {
        if (File.ReadAllBytes(path).AsSpan().IndexOf(Mark) >= 0)
            throw Violation(Path.GetFileName(path));
    }

    private static ViolationException Violation(string place) => new("Secret kept", $"A password stands in {place}.");
}
