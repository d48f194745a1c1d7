using Xunit.Abstractions;

namespace Hermes.Testing.Contracts.Running;

/// <summary>What a test's class needs and this machine lacks.</summary>
internal static class MissingRequirements
{
    /// <summary>Whether what is missing fails a test: in continuous integration, where "skipped" would hide it.</summary>
    public static bool AreFailures =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is missing for a test, or null.</summary>
    public static string? Of(ITestMethod test)
    {
        var missing = test.TestClass.Class.GetCustomAttributes(typeof(RequirementAttribute).AssemblyQualifiedName)
            .OfType<IReflectionAttributeInfo>()
            .Select(attribute => ((RequirementAttribute)attribute.Attribute).Missing())
            .OfType<string>()
            .ToList();
        return missing.Count == 0 ? null : string.Join(' ', missing);
    }
}
