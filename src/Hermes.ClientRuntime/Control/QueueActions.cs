using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Control;

/// <summary>
/// What is done about many events or entries at once. Each works beside the client, and asks it for a small piece after the other, between which the client goes on.
/// </summary>
internal sealed class QueueActions(ClientDesk desk, OperationBoard operations, ClientLists lists)
{
    // Each piece is one commit.
    private const int Piece = 100;

    /// <exception cref="ArgumentException">The client is paused, or the filter asks for what the list does not have.</exception>
    public Task<Operation> RetryAsync(EventSelection selection, DecidedBy by, CancellationToken cancellationToken) => BeginAsync(
        "Retry",
        selection,
        selection.Filter,
        QueueList.Rules,
        by,
        async (operation, cancelled) =>
        {
            var pass = selection.Filter is { IsAll: true }
                ? await DoAsync((loop, _) => ValueTask.FromResult(loop.Retry.BeginAll()), cancelled)
                : await BeginPassAsync(await WithTheirEntriesAsync(selection, cancelled), cancelled);
            await EndAsync(operation, pass, cancelled);
        },
        cancellationToken);

    /// <exception cref="ArgumentException">The filter asks for what the list does not have.</exception>
    public Task<Operation> DiscardAsync(EventSelection selection, DecidedBy by, CancellationToken cancellationToken) => BeginAsync(
        "Discard",
        selection,
        selection.Filter,
        QueueList.Rules,
        by,
        async (operation, cancelled) =>
        {
            var (done, passed) = (0L, 0L);
            operation.Watch(() => (Interlocked.Read(ref done), Interlocked.Read(ref passed), selection.Numbers?.Length));
            await foreach (var numbers in NumbersAsync(selection, cancelled))
            {
                foreach (var piece in numbers.Chunk(Piece))
                {
                    cancelled.ThrowIfCancellationRequested();
                    Interlocked.Add(ref done, await desk.AskLoopAsync((loop, _) => loop.Discard.RunAsync(piece, by), CancellationToken.None));
                    Interlocked.Add(ref passed, piece.Length);
                }
            }
        },
        cancellationToken,
        callsTarget: false);

    /// <exception cref="ArgumentException">The client is paused, or the filter asks for what the list does not have.</exception>
    public Task<Operation> PurgeAsync(TrashSelection selection, DecidedBy by, CancellationToken cancellationToken) => BeginAsync(
        "Purge",
        selection,
        selection.Filter,
        TrashbinList.Rules,
        by,
        async (operation, cancelled) =>
        {
            var (done, passed) = (0L, 0L);
            operation.Watch(() => (Interlocked.Read(ref done), Interlocked.Read(ref passed), selection.Entries?.Length));
            await foreach (var entries in EntriesAsync(selection, cancelled))
            {
                foreach (var piece in entries.Chunk(Piece))
                {
                    Interlocked.Add(ref done, await DoAsync((loop, _) => loop.Purge.QueueAsync(piece), cancelled));
                    Interlocked.Add(ref passed, piece.Length);
                }
            }

            if (done > 0)
                await (await DoAsync((loop, _) => ValueTask.FromResult(loop.Retry.BeginDue()), cancelled)).Ended.WaitAsync(cancelled);
        },
        cancellationToken);

    // Whoever asks is told at once what stands against it; what comes later is in the operation.
    private async Task<Operation> BeginAsync(
        string kind,
        object selection,
        ListFilter? filter,
        ListRules rules,
        DecidedBy by,
        Func<Operation, CancellationToken, Task> work,
        CancellationToken cancellationToken,
        bool callsTarget = true)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (filter is not null)
            rules.Check(filter);
        if (callsTarget)
            await AskAsync(static (_, _) => ValueTask.FromResult(true), cancellationToken);
        else
            await desk.AskLoopAsync(static (_, _) => ValueTask.FromResult(true), cancellationToken);
        return operations.Begin(kind, selection.ToString()!, by, work);
    }

    private Task<T> AskAsync<T>(Func<ClientLoop, ClientSession, ValueTask<T>> work, CancellationToken cancellationToken) => desk.AskLoopAsync(
        (loop, session) => desk.Surface.Status.IsPaused
            ? throw new ArgumentException("The client is paused: it does not call the target. Resume it first.")
            : work(loop, session),
        cancellationToken);

    private Task<RetryPass> BeginPassAsync(long[] numbers, CancellationToken cancellationToken) =>
        DoAsync((loop, _) => ValueTask.FromResult(loop.Retry.Begin(numbers)), cancellationToken);

    // What is cancelled is not begun; what was asked for is waited for, so that nothing is done that the operation does not know of.
    private Task<T> DoAsync<T>(Func<ClientLoop, ClientSession, ValueTask<T>> work, CancellationToken cancelled)
    {
        cancelled.ThrowIfCancellationRequested();
        return AskAsync(work, CancellationToken.None);
    }

    private static async Task EndAsync(Operation operation, RetryPass pass, CancellationToken cancelled)
    {
        operation.Watch(() => (pass.Succeeded, pass.Passed, pass.Total));
        using var cancel = cancelled.Register(pass.Cancel);
        await pass.Ended;
    }

    // The earlier events of an entry come first, and the later ones follow.
    private async Task<long[]> WithTheirEntriesAsync(EventSelection selection, CancellationToken cancelled)
    {
        var numbers = new HashSet<long>();
        await foreach (var stretch in NumbersAsync(selection, cancelled))
        {
            numbers.UnionWith(await desk.ReadAsync<IEnumerable<long>>(
                session => ValueTask.FromResult<IEnumerable<long>>(
                    [.. stretch.Select(session.Queue.Find).OfType<QueueItem>().SelectMany(item => session.Queue.Of(item.Id)).Select(item => item.Number)]),
                cancelled));
        }

        return [.. numbers.Order()];
    }

    private async IAsyncEnumerable<IReadOnlyList<long>> NumbersAsync(
        EventSelection selection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (selection.Numbers is { } named)
        {
            yield return named;
            yield break;
        }

        await foreach (var stretch in Stretch<long>.ReadAllAsync(place => lists.NumbersAsync(selection.Filter!, place, cancellationToken)))
            yield return stretch.Rows;
    }

    private async IAsyncEnumerable<IReadOnlyList<Abstractions.Data.EntryId>> EntriesAsync(
        TrashSelection selection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (selection.Entries is { } named)
        {
            yield return named;
            yield break;
        }

        await foreach (var stretch in Stretch<TrashedEntry>.ReadAllAsync(
            place => desk.ReadAsync(session => TrashbinList.FindAsync(session, selection.Filter!, place, int.MaxValue), cancellationToken)))
            yield return [.. stretch.Rows.Select(row => new Abstractions.Data.EntryId(row.RemoteType, row.Key))];
    }
}
