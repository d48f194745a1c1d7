using Xunit.Sdk;

namespace Hermes.Contracts.Servers;

/// <summary>A test of a contract suite. Runs as any other, unless the class that inherits the suite has a <see cref="RequiresServerAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Hermes.Contracts.Servers.ServerTestDiscoverer", "Hermes.Contracts")]
public sealed class ContractFactAttribute : FactAttribute;
