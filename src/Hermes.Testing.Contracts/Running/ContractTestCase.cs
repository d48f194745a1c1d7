using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Hermes.Testing.Contracts.Running;

/// <summary>A test that is skipped where its class needs something that is missing.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    /// <summary>For xunit, which makes test cases anew in the process that runs them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Called by the deserializer only.")]
    public ContractTestCase()
    {
    }

    /// <summary>Makes a test case.</summary>
    public ContractTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod testMethod)
        : base(diagnostics, display, options, testMethod)
    {
    }

    /// <inheritdoc/>
    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute) ?? MissingRequirements.Of(TestMethod)!;
}
