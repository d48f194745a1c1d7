using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Hermes.ClientRuntime.State;

/// <summary>What an attempt failed of. Failures of the same cause make a group.</summary>
/// <param name="Exception">The name of the exception's type.</param>
/// <param name="Step">The step that failed; null if it was none.</param>
/// <param name="Message">The message without its values.</param>
public sealed record FailureCause(string Exception, string? Step, string Message)
{
    /// <summary>What stands for the group: the same for the same cause, on any machine.</summary>
    public long Id { get; } = IdOf($"{Exception}\n{Step}\n{Message}");

    /// <summary>The id of a group as people are told it.</summary>
    public static string NameOf(long id) => id.ToString("x16", CultureInfo.InvariantCulture);

    // Never 0, which stands for none.
    private static long IdOf(string text) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text)) is not 0 and var hash ? (long)hash : 1;
}
