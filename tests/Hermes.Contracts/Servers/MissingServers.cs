using Xunit.Abstractions;

namespace Hermes.Contracts.Servers;

/// <summary>What a test's class needs and this machine lacks.</summary>
internal static class MissingServers
{
    /// <summary>Whether a missing server fails a test: in continuous integration, where "skipped" would hide it.</summary>
    public static bool AreFailures =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is missing for a test and the commands that install it, or null.</summary>
    public static string? Of(ITestMethod test)
    {
        var missing = test.TestClass.Class.GetCustomAttributes(typeof(RequiresServerAttribute).AssemblyQualifiedName)
            .Select(attribute => ServerSoftware.Named(attribute.GetNamedArgument<string>(nameof(RequiresServerAttribute.Server))).Missing())
            .OfType<string>()
            .ToList();
        return missing.Count == 0 ? null : string.Join(' ', missing);
    }
}
