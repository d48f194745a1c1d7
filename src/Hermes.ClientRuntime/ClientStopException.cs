namespace Hermes.ClientRuntime;

/// <summary>
/// The client cannot go on until someone acts; the message says what to do. It stops, and nothing of what it was doing is kept.
/// </summary>
internal sealed class ClientStopException(string message, Exception? innerException = null) : Exception(message, innerException);
