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

    /// <summary>How many steps (roughly: items visited, characters read) one evaluation may take. Default 5,000,000.</summary>
    public long MaxSteps { get; init; } = 5_000_000;

    /// <summary>How much one evaluation may allocate, intermediate results included, in bytes. Default 48 MiB.</summary>
    public long MaxMemory { get; init; } = 48L * 1024 * 1024;

    /// <summary>
    /// How long one evaluation may take by the clock, whatever else the machine does meanwhile. Default 1 second. It is looked at where loops run and before each
    /// filter of the host and each regular expression, of which a single search may take a tenth of a second. A filter of the host that never returns is not interrupted.
    /// </summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(1);
}
