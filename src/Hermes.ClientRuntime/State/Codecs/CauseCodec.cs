namespace Hermes.ClientRuntime.State.Codecs;

/// <summary>What an attempt failed of, as text.</summary>
internal static class CauseCodec
{
    // None of the three holds a line break.
    public static string Encode(FailureCause cause) => $"{cause.Exception}\n{cause.Step}\n{cause.Message}";

    public static FailureCause Decode(string text) => text.Split('\n', 3) is [var exception, var step, var message]
        ? new FailureCause(exception, step.Length == 0 ? null : step, message)
        : throw new InvalidDataException("what an attempt failed of cannot be read.");
}
