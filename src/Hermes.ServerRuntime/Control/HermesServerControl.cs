namespace Hermes.ServerRuntime.Control;

/// <summary>Passes requests to a server's loop.</summary>
internal sealed class HermesServerControl(string name, StatusBoard status, RequestQueue requests) : IHermesServerControl
{
    public string Name => name;

    public ServerStatus Status => status.Current;

    public Task<PollResult> UpdateAsync(CancellationToken cancellationToken = default) => AskAsync(new UpdateRequest(), cancellationToken);

    public Task<PollResult> InitSyncAsync(CancellationToken cancellationToken = default) => AskAsync(new InitSyncRequest(), cancellationToken);

    public Task<PollPreview> PreviewAsync(int maxChangesPerType = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxChangesPerType);
        return AskAsync(new PreviewRequest(maxChangesPerType), cancellationToken);
    }

    public Task PauseAsync(CancellationToken cancellationToken = default) => AskAsync(new PauseRequest(), cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken = default) => AskAsync(new ResumeRequest(), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken = default) => AskAsync(new StopRequest(), cancellationToken);

    public Task<PollResult> ApproveRemovalsAsync(CancellationToken cancellationToken = default) => AskAsync(new ApproveRequest(), cancellationToken);

    public Task RejectRemovalsAsync(CancellationToken cancellationToken = default) => AskAsync(new RejectRequest(), cancellationToken);

    private Task<TAnswer> AskAsync<TAnswer>(ServerRequest<TAnswer> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        requests.Add(request);
        return request.Answer.WaitAsync(cancellationToken);
    }
}
