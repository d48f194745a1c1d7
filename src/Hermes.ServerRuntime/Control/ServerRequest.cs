namespace Hermes.ServerRuntime.Control;

/// <summary>Something that was asked of a server.</summary>
internal abstract class ServerRequest
{
    /// <summary>Ends the wait of who asked, because the server ends.</summary>
    public abstract void Refuse(Exception reason);
}

/// <summary>A request that is answered.</summary>
internal abstract class ServerRequest<TAnswer> : ServerRequest
{
    // Who waits goes on elsewhere, never inside the server's loop.
    private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TAnswer> Answer => _answer.Task;

    public void Complete(TAnswer answer) => _answer.TrySetResult(answer);

    public override void Refuse(Exception reason) => _answer.TrySetException(reason);
}

internal sealed class UpdateRequest : ServerRequest<PollResult>;

internal sealed class InitSyncRequest : ServerRequest<PollResult>;

internal sealed class ApproveRequest : ServerRequest<PollResult>;

internal sealed class RejectRequest : ServerRequest<bool>;

internal sealed class PauseRequest : ServerRequest<bool>;

internal sealed class ResumeRequest : ServerRequest<bool>;

internal sealed class StopRequest : ServerRequest<bool>;

internal sealed class PreviewRequest(int maxChangesPerType) : ServerRequest<PollPreview>
{
    public int MaxChangesPerType { get; } = maxChangesPerType;
}
