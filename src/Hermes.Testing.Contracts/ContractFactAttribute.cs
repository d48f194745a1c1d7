using Xunit.Sdk;

namespace Hermes.Testing.Contracts;

/// <summary>
/// A test of a contract suite. Runs as any other, unless the class that inherits the suite has a <see cref="RequirementAttribute"/> that is not met.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Hermes.Testing.Contracts.Running.ContractTestDiscoverer", "Hermes.Testing.Contracts")]
public sealed class ContractFactAttribute : FactAttribute;
