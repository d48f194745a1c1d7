using Xunit.Sdk;

namespace Hermes.TestSupport.Servers;

/// <summary>A test of a class with <see cref="RequiresServerAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Hermes.Testing.Contracts.Running.ContractTestDiscoverer", "Hermes.Testing.Contracts")]
public sealed class ServerFactAttribute : FactAttribute;
