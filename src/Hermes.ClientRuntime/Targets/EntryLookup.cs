using System.Runtime.CompilerServices;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Targets;

/// <summary>
/// Lets handlers look at the entries that the target has. Handlers may run at the same time, and the client waits for them meanwhile: the
/// state is used by one of them at a time.
/// </summary>
internal sealed class EntryLookup(WorkingSet work) : IDisposable
{
    private const int PageSize = 500;

    private readonly SemaphoreSlim _gate = new(1);

    public async ValueTask<Entry?> FindAsync(string type, EntryKey key, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var entry = await work.FindAsync(new EntryAddress(EntryTable.Local(type), key), cancellationToken);
            return entry.Applied is { IsTrashed: false } live ? live.Entry : null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async IAsyncEnumerable<KeyValuePair<EntryKey, Entry>> ListAsync(string type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long after = 0;
        IReadOnlyList<NumberedEntry> page;
        do
        {
            page = await ReadPageAsync(type, after, cancellationToken);
            foreach (var (number, entry) in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                after = number;
                if (entry.Applied is { IsTrashed: false } live)
                    yield return new(entry.Key, live.Entry);
            }
        }
        while (page.Count == PageSize);
    }

    public void Dispose() => _gate.Dispose();

    private async ValueTask<IReadOnlyList<NumberedEntry>> ReadPageAsync(string type, long after, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await work.WriteAsync();
            return await work.State.ReadAsync(EntryTable.Local(type), EntryScope.All, after, PageSize, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }
}
