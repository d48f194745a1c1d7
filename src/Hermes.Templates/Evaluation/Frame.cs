using Hermes.Templates.Syntax;

namespace Hermes.Templates.Evaluation;

/// <summary>
/// Where one evaluation stands, and what it may still cost. Passed by reference, so that an evaluation allocates nothing for it.
/// </summary>
internal struct Frame(TemplateLimits limits)
{
    /// <summary>The operation that runs, for the place in an error message.</summary>
    public Expression? Current;

    /// <summary>The steps that are left. By reference to what recurses over values, so that it stops in time.</summary>
    public long Steps = limits.MaxSteps;

    private long _memory = limits.MaxMemory;

    /// <summary>Counts work.</summary>
    /// <exception cref="TemplateFault">The limit is exceeded.</exception>
    public void Step(long count) => Spend(ref Steps, count);

    /// <summary>Counts a text that is about to be built.</summary>
    /// <exception cref="TemplateFault">The limit is exceeded.</exception>
    public void AllocateText(long characters) => Allocate(characters, bytesEach: 2);

    /// <summary>Counts a list that is about to be built.</summary>
    /// <exception cref="TemplateFault">The limit is exceeded.</exception>
    public void AllocateItems(long items) => Allocate(items, bytesEach: 16);

    /// <summary>Takes from a number of steps.</summary>
    /// <exception cref="TemplateFault">Too few are left.</exception>
    public static void Spend(ref long steps, long count)
    {
        steps -= count;
        if (steps < 0)
            throw new TemplateFault("The template takes more steps than allowed (TemplateLimits.MaxSteps)");
    }

    private void Allocate(long count, int bytesEach)
    {
        if (count < 0 || count > _memory / bytesEach)
            throw new TemplateFault("The template builds more than allowed (TemplateLimits.MaxMemory)");
        _memory -= count * bytesEach;
        Step(count / 8);
    }
}
