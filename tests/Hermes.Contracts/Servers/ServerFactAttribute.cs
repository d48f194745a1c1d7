using Xunit.Sdk;

namespace Hermes.Contracts.Servers;

/// <summary>A test of a class with <see cref="RequiresServerAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Hermes.Contracts.Servers.ServerTestDiscoverer", "Hermes.Contracts")]
public sealed class ServerFactAttribute : FactAttribute;
