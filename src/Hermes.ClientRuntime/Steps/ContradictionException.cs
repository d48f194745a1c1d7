namespace Hermes.ClientRuntime.Steps;

/// <summary>An event contradicts what is known; its message is set aside. Holds no attribute's value.</summary>
internal sealed class ContradictionException(string message) : Exception(message);
