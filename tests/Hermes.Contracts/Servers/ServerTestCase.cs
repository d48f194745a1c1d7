using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Hermes.Contracts.Servers;

/// <summary>A test that is skipped where its class needs a server that is missing.</summary>
public sealed class ServerTestCase : XunitTestCase
{
    /// <summary>For xunit, which makes test cases anew in the process that runs them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Called by the deserializer only.")]
    public ServerTestCase()
    {
    }

    /// <summary>Makes a test case.</summary>
    public ServerTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod testMethod)
        : base(diagnostics, display, options, testMethod)
    {
    }

    /// <inheritdoc/>
    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute) ?? MissingServers.Of(TestMethod)!;
}
