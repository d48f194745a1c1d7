namespace Hermes.Mail;

/// <summary>A notification could not be mailed, or not to everyone. The message tells the server, what it said, and what to do.</summary>
public sealed class MailException(string message, Exception? innerException = null) : Exception(message, innerException);
