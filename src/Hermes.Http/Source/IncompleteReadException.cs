namespace Hermes.Http.Source;

/// <summary>A read did not prove that it has all items, or items moved while it went on. Another one may succeed.</summary>
internal sealed class IncompleteReadException(string message) : Exception(message);
