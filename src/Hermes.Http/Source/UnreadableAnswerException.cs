namespace Hermes.Http.Source;

/// <summary>An answer arrived as a whole, and is not what the settings say. The message shows nothing of it.</summary>
internal sealed class UnreadableAnswerException(string message) : Exception(message);
