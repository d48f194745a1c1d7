namespace Hermes.Abstractions.Configuration;

/// <summary>One thing that is wrong in a configuration.</summary>
/// <param name="Path">Where, as a configuration path: <c>Hermes:Servers:campus:DataTypes:0:Key</c>.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record ConfigurationError(string Path, string Problem, string Fix)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Problem} {Fix}";
}
