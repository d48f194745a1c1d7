using Xunit.Abstractions;
using Xunit.Sdk;

namespace Hermes.Contracts.Servers;

/// <summary>Decides for each test whether it runs, is skipped or fails for want of a server.</summary>
public sealed class ServerTestDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var display = discoveryOptions.MethodDisplayOrDefault();
        var options = discoveryOptions.MethodDisplayOptionsOrDefault();
        return MissingServers.Of(testMethod) is { } missing && MissingServers.AreFailures
            ? [new ExecutionErrorTestCase(diagnostics, display, options, testMethod, missing)]
            : [new ServerTestCase(diagnostics, display, options, testMethod)];
    }
}
