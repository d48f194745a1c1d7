namespace Hermes.Scriban;

/// <summary>What a template may cost at most. A template that needs more fails with a clear error.</summary>
public sealed record ScribanLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static ScribanLimits Default { get; } = new();

    /// <summary>The length of a template's text, in characters. Default 65,536.</summary>
    public int MaxTemplateLength { get; init; } = 65_536;

    /// <summary>How deeply expressions, blocks and values may be nested. Default 100.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>How many rounds the loops of one evaluation may make, those inside of functions included. Default 100,000.</summary>
    public int MaxIterations { get; init; } = 100_000;

    /// <summary>The length of every text that one evaluation makes, in characters, and the number of items of its result. Default 1,048,576.</summary>
    public int MaxTextLength { get; init; } = 1024 * 1024;

    /// <summary>How long one evaluation may take. Default: 5 seconds.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one regular expression may take. Default: 1 second.</summary>
    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromSeconds(1);
}
