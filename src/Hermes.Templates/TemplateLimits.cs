namespace Hermes.Templates;

/// <summary>What a template may cost at most. A template that needs more fails with a clear error.</summary>
public sealed record TemplateLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>The length of a template's text, in characters. Default 65,536.</summary>
    public int MaxTemplateLength { get; init; } = 65_536;

    /// <summary>How deeply an expression may be nested; a chain of operators or filters counts too. Default 100.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>How many steps (roughly: items visited, characters searched) one evaluation may take. Default 20,000,000.</summary>
    public long MaxSteps { get; init; } = 20_000_000;

    /// <summary>How much one evaluation may build, intermediate results included, in bytes. Default 64 MiB.</summary>
    public long MaxMemory { get; init; } = 64L * 1024 * 1024;
}
