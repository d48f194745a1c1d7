using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Tests;

/// <summary>A test of the language: what follows <c>is</c>.</summary>
internal sealed record Test(string Name, Signature Parameters, Predicate Predicate)
{
    /// <summary>All tests of the language.</summary>
    public static IEnumerable<Test> All => [.. KindTests.All, .. ComparisonTests.All];

    public BoundTest Bind(CallArguments arguments, int position, ExpressionCompiler compiler) =>
        new(Predicate, Parameters.Bind($"The test '{Name}'", arguments, position, compiler.Compile));
}
