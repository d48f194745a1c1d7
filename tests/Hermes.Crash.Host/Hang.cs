namespace Hermes.Crash.Host;

/// <summary>What of a campus never answers.</summary>
internal enum Hang
{
    /// <summary>All works.</summary>
    Nothing,

    /// <summary>The target; it gives up when its call is cancelled, and its calls have a time limit.</summary>
    TargetWithTimeLimit,

    /// <summary>The target, which does not listen to anybody.</summary>
    DeafTarget,

    /// <summary>The bus, which does not listen to anybody.</summary>
    DeafBus,
}

/// <summary>Never comes back.</summary>
internal static class Hanging
{
    public static Task AsTold(this Hang hang, Hang here, CancellationToken cancellationToken) => (hang == here, hang) switch
    {
        (false, _) => Task.CompletedTask,
        (true, Hang.TargetWithTimeLimit) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken),
        (true, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None),
    };
}
