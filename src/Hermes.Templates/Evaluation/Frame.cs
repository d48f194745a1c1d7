using Hermes.Abstractions.Data;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Evaluation;

/// <summary>
/// Where one evaluation stands, and what it may still cost. Passed by reference, so that an evaluation allocates nothing for it. Whoever loops or
/// builds says so here before it does; a step is a few nanoseconds, and memory counts with all that is garbage by the end.
/// </summary>
internal struct Frame(TemplateLimits limits, TimeProvider time)
{
    private const long StepsBetweenLooks = 200_000;
    private const int TextHeader = 24;
    private const int LevelsOfVariables = 100;

    /// <summary>The operation that runs, for the place in an error message.</summary>
    public Expression? Current;

    /// <summary>The member or the item that was looked for last and is not there.</summary>
    public Expression? Unset;

    private long _steps = limits.MaxSteps;
    private long _nextLook = Math.Max(0, limits.MaxSteps - StepsBetweenLooks);
    private long _memory = limits.MaxMemory;
    private long? _started;
    private int _level;

    /// <summary>How much the evaluation may still build, in bytes.</summary>
    public readonly long MemoryLeft => _memory;

    /// <summary>How many steps it may still take.</summary>
    public readonly long StepsLeft => _steps;

    /// <summary>How long an evaluation may take in all.</summary>
    public readonly TimeSpan MaxTime => limits.MaxTime;

    /// <summary>The clock of the engine.</summary>
    public readonly TimeProvider Time => time;

    /// <summary>Runs a filter, method or function, which is charged for what it is given; for what it makes it says so itself.</summary>
    public Value Run(Operation operation, Value input, ReadOnlySpan<Value> arguments)
    {
        Read(input, arguments);
        return operation(ref this, input, arguments);
    }

    /// <summary>Runs a test, as <see cref="Run(Operation, Value, ReadOnlySpan{Value})"/>.</summary>
    public bool Run(Predicate predicate, Value input, ReadOnlySpan<Value> arguments)
    {
        Read(input, arguments);
        return predicate(ref this, input, arguments);
    }

    /// <summary>Counts work.</summary>
    /// <exception cref="TemplateFault">The limit of steps, or at times that of time, is exceeded.</exception>
    public void Step(long count)
    {
        _steps -= count;
        if (_steps < _nextLook)
            Look();
    }

    /// <summary>Counts a text that is about to be built.</summary>
    /// <exception cref="TemplateFault">The limit is exceeded.</exception>
    public void AllocateText(long characters) => Allocate(1, TextHeader, characters, 2);

    /// <summary>Counts a text that is about to be built piece by piece, in a builder that does not know its length.</summary>
    /// <exception cref="TemplateFault">The limit is exceeded.</exception>
    public void AllocateBuilt(long characters) => Allocate(1, TextHeader, characters, 6);

    /// <summary>Counts a list that is about to be built: its items are gathered and then copied.</summary>
    /// <exception cref="TemplateFault">The limit is exceeded.</exception>
    public void AllocateItems(long items) => Allocate(1, 80, items, 32);

    /// <summary>Counts a list of unknown length that is about to grow by one item.</summary>
    /// <exception cref="TemplateFault">The limit is exceeded.</exception>
    public void AllocateItem() => Allocate(0, 0, 1, 96);

    /// <summary>Counts a dictionary that is about to be built.</summary>
    /// <exception cref="TemplateFault">The limit is exceeded.</exception>
    public void AllocatePairs(long pairs) => Allocate(1, 400, pairs, 240);

    /// <summary>Counts the walk over a dictionary, which takes an object.</summary>
    /// <exception cref="TemplateFault">The limit is exceeded.</exception>
    public void WalkPairs() => Allocate(1, TextHeader, 64, 1);

    /// <summary>Counts bytes that are about to be built.</summary>
    /// <exception cref="TemplateFault">The limit is exceeded.</exception>
    public void AllocateBytes(long count) => Allocate(1, TextHeader, count, 1);

    /// <summary>Goes one level into a value; <see cref="Leave"/> goes back.</summary>
    /// <exception cref="TemplateFault">The value is nested too deeply to walk over it.</exception>
    public void Enter()
    {
        if (++_level > limits.MaxDepth + LevelsOfVariables)
            throw new TemplateFault($"A value is nested deeper than the {limits.MaxDepth + LevelsOfVariables} levels allowed (TemplateLimits.MaxDepth)");
    }

    /// <summary>Goes back to the level before <see cref="Enter"/>.</summary>
    public void Leave() => _level--;

    /// <summary>How long the evaluation may still take. What cannot count steps, such as a regular expression, asks before it starts.</summary>
    /// <exception cref="TemplateFault">No time is left.</exception>
    public TimeSpan TimeLeft()
    {
        _started ??= time.GetTimestamp();
        var left = limits.MaxTime - time.GetElapsedTime(_started.Value);
        return left > TimeSpan.Zero ? left : throw TimeIsUp();
    }

    /// <summary>The limit of time is exceeded.</summary>
    public readonly TemplateFault TimeIsUp() =>
        new($"The template takes longer than the {limits.MaxTime.TotalMilliseconds} milliseconds allowed (TemplateLimits.MaxTime)");

    private void Read(Value input, ReadOnlySpan<Value> arguments)
    {
        Step(SizeOf(input));
        foreach (var argument in arguments)
            Step(SizeOf(argument));
    }

    /// <summary>What it costs to read a value; the items of lists are counted by those who visit them.</summary>
    private static long SizeOf(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString().Length,
        ValueKind.Bytes => 1 + (value.AsBytes().Length / 4),
        _ => 1,
    };

    private void Look()
    {
        if (_steps < 0)
            throw new TemplateFault("The template takes more steps than allowed (TemplateLimits.MaxSteps)");
        TimeLeft();
        _nextLook = Math.Max(0, _steps - StepsBetweenLooks);
    }

    private void Allocate(int objects, int header, long count, int bytesEach)
    {
        var room = _memory - (objects * (long)header);
        if (count < 0 || room < 0 || count > room / bytesEach)
            throw new TemplateFault("The template builds more than allowed (TemplateLimits.MaxMemory)");
        _memory = room - (count * bytesEach);
        Step(1 + (count * bytesEach / 16));
    }
}
