namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>What a process would do after its end does not happen.</summary>
internal sealed class ProcessDiedException() : Exception("The process died, as the history says.");
