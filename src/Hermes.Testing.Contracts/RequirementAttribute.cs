namespace Hermes.Testing.Contracts;

/// <summary>
/// Something that the tests of a class need, such as a server. Where it is missing they are skipped; with <c>CI=true</c> in the environment they fail
/// instead, because "skipped" would hide it. Looked at by <see cref="ContractFactAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public abstract class RequirementAttribute : Attribute
{
    /// <summary>What is missing and how to get it, or null if nothing is.</summary>
    public abstract string? Missing();
}
