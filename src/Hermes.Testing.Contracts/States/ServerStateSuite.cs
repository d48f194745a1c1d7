using System.Text;
using Hermes.Diff.Diffing;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;

namespace Hermes.Testing.Contracts.States;

/// <summary>What the suites for stores of a server's state share.</summary>
public abstract class ServerStateSuite
{
    private protected static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private protected static readonly ServerStateHeader Header = new("producer-1", [1, 2, 3], "{}", IsFilled: true, "{\"a\":1}", LastSequence: 7);

    /// <summary>The store; each call gives the same one, with what was committed before.</summary>
    protected abstract IServerStateStore Store { get; }

    private protected static Hash128 Hash(int number) => new(ulong.MaxValue - (ulong)number, (ulong)number);

    private protected static Hash128 Print(string text) => new((ulong)text.Length << 60, text[0]);

    private protected static StoredRow Row(int id, string content) => new(id, Hash(id), Print(content), Encoding.UTF8.GetBytes(content));

    private protected static OutboxEvent Event(long sequence, string body) => new(sequence, "base", "added", Time, Encoding.UTF8.GetBytes(body));

    private protected static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private protected static ValueTask<IReadOnlyList<OutboxEvent>> OutboxAsync(IServerState state) => state.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, default);

    private protected static async Task<List<string>> ContentsAsync(IServerState state, string type) =>
        await state.ReadEntriesAsync(type, default).SelectMany(batch => batch).Select(entry => Text(entry.Content)).ToListAsync();

    private protected ValueTask<IServerState> OpenAsync() =>
        Store.OpenAsync(new StateOpening(TimeProvider.System, reason => throw new InvalidOperationException(reason)), default);

    private protected async Task CommitAsync(Func<IServerStateTransaction, ValueTask> change)
    {
        await using var state = await OpenAsync();
        await using var transaction = await state.BeginAsync(default);
        await change(transaction);
        await transaction.CommitAsync(Header, default);
    }
}
