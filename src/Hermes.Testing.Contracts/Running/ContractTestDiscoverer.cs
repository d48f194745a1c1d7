using Xunit.Abstractions;
using Xunit.Sdk;

namespace Hermes.Testing.Contracts.Running;

/// <summary>Decides for each test whether it runs, is skipped or fails for want of what it needs.</summary>
public sealed class ContractTestDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var display = discoveryOptions.MethodDisplayOrDefault();
        var options = discoveryOptions.MethodDisplayOptionsOrDefault();
        return MissingRequirements.Of(testMethod) is { } missing && MissingRequirements.AreFailures
            ? [new ExecutionErrorTestCase(diagnostics, display, options, testMethod, missing)]
            : [new ContractTestCase(diagnostics, display, options, testMethod)];
    }
}
