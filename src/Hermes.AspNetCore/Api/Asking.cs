using Hermes.AspNetCore.Http;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.Runtime.Guard;
using Hermes.ServerRuntime.Control;
using Microsoft.Extensions.Logging;

namespace Hermes.AspNetCore.Api;

/// <summary>What a server can be asked to do.</summary>
internal enum ServerAction
{
    Poll,
    InitSync,
    Pause,
    Resume,
}

/// <summary>What came of what was asked.</summary>
/// <param name="HasEnded">Whether it was done in time; it goes on if not.</param>
/// <param name="Poll">How the poll of it ended; null if there was none.</param>
internal sealed record Answered(bool HasEnded, PollResult? Poll);

/// <summary>Asks servers and clients to do something, with who and why in the log. Who asks waits for a while only; what was begun goes on.</summary>
internal sealed class Asking(TimeProvider time, ILogger<Asking> log)
{
    public static TimeSpan PatienceOfPrograms { get; } = TimeSpan.FromSeconds(30);

    public static TimeSpan PatienceOfPeople { get; } = TimeSpan.FromSeconds(3);

    public Task<Answered> DoAsync(IHermesServerControl server, ServerAction action, DecidedBy by, TimeSpan patience) =>
        AskForPollAsync($"server {server.Name}", action.ToString(), by, patience, () => action switch
        {
            ServerAction.Poll => WithResultAsync(server.UpdateAsync()),
            ServerAction.InitSync => WithResultAsync(server.InitSyncAsync()),
            ServerAction.Pause => WithoutAsync(server.PauseAsync()),
            _ => WithoutAsync(server.ResumeAsync()),
        });

    public Task<Answered> DecideAsync(IHermesServerControl server, string set, bool isApproved, string digest, DecidedBy by, TimeSpan patience) =>
        AskForPollAsync($"server {server.Name}", Decision(isApproved, set, digest), by, patience, () => isApproved
            ? WithResultAsync(server.ApproveRemovalsAsync(set, digest, by))
            : WithoutAsync(server.RejectRemovalsAsync(set, digest, by)));

    public Task<Answered> SetPausedAsync(IHermesClientControl client, bool isPaused, DecidedBy by, TimeSpan patience) =>
        AskForPollAsync($"client {client.Name}", isPaused ? "Pause" : "Resume", by, patience, () => WithoutAsync(isPaused ? client.PauseAsync() : client.ResumeAsync()));

    public Task<Answered> DecideAsync(IHermesClientControl client, string type, bool isApproved, string digest, DecidedBy by, TimeSpan patience) =>
        AskForPollAsync($"client {client.Name}", Decision(isApproved, type, digest), by, patience, () => WithoutAsync(isApproved
            ? client.ApproveRemovalsAsync(type, digest, by)
            : client.RejectRemovalsAsync(type, digest, by)));

    /// <returns>The report; null if the comparison goes on.</returns>
    public async Task<ComparisonReport?> CompareAsync(IHermesClientControl client, string type, DecidedBy by, TimeSpan patience) =>
        (await AskAsync($"client {client.Name}", $"Compare {type}", by, patience, () => client.Comparisons.CompareAsync(type))).Result;

    /// <returns>What came of it; null if it goes on.</returns>
    public async Task<RepairOutcome?> RepairAsync(IHermesClientControl client, RepairRequest request, DecidedBy by, TimeSpan patience) =>
        (await AskAsync(
            $"client {client.Name}", $"{request.Repair} what differs of {request.Type} ({request.Digest})", by, patience, () => client.Comparisons.RepairAsync(request))).Result;

    public async Task CancelAsync(IHermesClientControl client, Operation operation, DecidedBy by) =>
        await AskAsync($"client {client.Name}", $"Cancel operation {operation.Id}", by, TimeSpan.Zero, () =>
        {
            operation.Cancel();
            return Task.FromResult(true);
        });

    private async Task<Answered> AskForPollAsync(string whom, string what, DecidedBy by, TimeSpan patience, Func<Task<PollResult?>> begin)
    {
        var (hasEnded, poll) = await AskAsync(whom, what, by, patience, begin);
        return new Answered(hasEnded, poll);
    }

    private async Task<(bool HasEnded, T? Result)> AskAsync<T>(string whom, string what, DecidedBy by, TimeSpan patience, Func<Task<T>> begin)
    {
        log.Asked(by.Actor, whom, what, by.Reason);
        var begun = RefusableAsync(begin);
        using var end = new CancellationTokenSource();
        if (!begun.IsCompleted && await Task.WhenAny(begun, Task.Delay(patience, time, end.Token)) != begun)
        {
            _ = TellAsync(begun, whom, what);
            return (false, default);
        }

        await end.CancelAsync();
        return (true, await begun);
    }

    // What cannot be done now, such as a poll of a server that is paused, is told to who asks.
    private static async Task<T> RefusableAsync<T>(Func<Task<T>> begin)
    {
        try
        {
            return await begin();
        }
        catch (InvalidOperationException exception) when (exception is not (NotRunningException or HeldSetChangedException))
        {
            throw RefusedException.Conflict(exception.Message);
        }
    }

    private async Task TellAsync(Task begun, string whom, string what)
    {
        try
        {
            await begun;
        }
        catch (Exception exception)
        {
            log.FailedLater(whom, what, exception);
        }
    }

    private static async Task<PollResult?> WithResultAsync(Task<PollResult> poll) => await poll;

    private static async Task<PollResult?> WithoutAsync(Task done)
    {
        await done;
        return null;
    }

    private static string Decision(bool isApproved, string set, string digest) => $"{(isApproved ? "approve" : "reject")} the removals of {set} ({digest})";
}
