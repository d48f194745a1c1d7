using Hermes.Crash.Host;

namespace Hermes.Crash.Tests.Rig;

/// <summary>One life of a process.</summary>
/// <param name="Kill">How it ends.</param>
/// <param name="Settings">How it works until then.</param>
/// <param name="Command">What it is told once it is ready, or null.</param>
internal sealed record Launch(Kill Kill, RigSettings Settings, string? Command);
