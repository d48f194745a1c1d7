namespace Hermes.Crash.Tests.Rig;

/// <summary>How one run of a process is to end.</summary>
internal abstract record Kill
{
    /// <summary>The process kills itself when it comes by a failpoint for the n-th time; if it does not come by soon, the driver kills it.</summary>
    public record At(string Failpoint, int Hit) : Kill;

    /// <summary>The process kills itself when it comes by a failpoint for the first time. It has to.</summary>
    public sealed record SurelyAt(string Failpoint) : At(Failpoint, 1);

    /// <summary>The driver kills it some time after its start.</summary>
    public sealed record Starting(TimeSpan After) : Kill;

    /// <summary>The driver kills it some time after it was ready.</summary>
    public sealed record Running(TimeSpan After) : Kill;
}
