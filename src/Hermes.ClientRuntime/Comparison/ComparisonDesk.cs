using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>Where a comparison, which works beside the client, asks it to do a small piece of work with its state, between two slices of its own.</summary>
internal sealed class ComparisonDesk(ClientSurface surface)
{
    private const int PageSize = 200;

    /// <summary>Asks for something that leads to a call of the target.</summary>
    public Task<T> AskAsync<T>(Func<ClientWork, ValueTask<T>> work, CancellationToken cancellationToken) => ReadAsync(
        given =>
        {
            if (surface.Status.IsPaused)
                throw new ArgumentException("The client is paused: it does not call the target. Resume it first.");
            return given.Loop is null
                ? throw new ArgumentException("The client is being initialised. Ask again when it is done.")
                : work(given);
        },
        cancellationToken);

    /// <summary>Asks for what the state knows.</summary>
    public async Task<T> ReadAsync<T>(Func<ClientWork, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        if (surface.Refusal is { } refusal)
            throw refusal;
        return await surface.Mailbox.AskAsync((given, _) => work(given), cancellationToken);
    }

    public Task AskAsync(Func<ClientWork, ValueTask> work, CancellationToken cancellationToken) => AskAsync(
        async given =>
        {
            await work(given);
            return true;
        },
        cancellationToken);

    /// <summary>Has the entries of a table worked on, a page at a time.</summary>
    public Task EachPageAsync(EntryTable table, Func<ClientWork, IReadOnlyList<NumberedEntry>, ValueTask> act, CancellationToken cancellationToken) => EachPageAsync(
        table,
        async (work, page) =>
        {
            await act(work, page);
            return true;
        },
        static _ => Task.CompletedTask,
        cancellationToken);

    /// <summary>Has the entries of a table worked on, a page at a time, and does something with what came of it before the next.</summary>
    public async Task EachPageAsync<T>(
        EntryTable table, Func<ClientWork, IReadOnlyList<NumberedEntry>, ValueTask<T>> act, Func<T, Task> then, CancellationToken cancellationToken)
    {
        long? after = 0;
        while (after is { } number)
        {
            (after, var answer) = await AskAsync(
                async work => await work.Session.ReadPageAsync(table, number, PageSize) is { Count: > 0 } page
                    ? ((long?)page[^1].Number, await act(work, page))
                    : (null, default(T)),
                cancellationToken);
            if (after is not null)
                await then(answer!);
        }
    }

    /// <summary>Forgets the entries of a table.</summary>
    public Task ClearAsync(EntryTable table, CancellationToken cancellationToken) => EachPageAsync(
        table,
        (work, page) =>
        {
            foreach (var row in page)
                work.Session.Put(table, new StoredEntry(row.Entry.Key, null, null));
            return ValueTask.CompletedTask;
        },
        cancellationToken);
}
