using System.Globalization;
using Hermes.Runtime.Lists;

namespace Hermes.Runtime.Control;

/// <summary>Begins operations, and remembers them.</summary>
/// <param name="time">The clock.</param>
/// <param name="told">Told of each when it begins, and when it has ended.</param>
internal sealed class OperationBoard(TimeProvider time, Action<OperationStatus> told) : IOperations
{
    private const int MostEnded = 200;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, Operation> _operations = [];
    private long _last;

    public Task<Page<OperationStatus>> ListAsync(ListQuery? query) => new ListReader<OperationStatus>(
        new ListRules("The list of operations", ListFields.Time) { States = Enum.GetNames<OperationState>() },
        (filter, place, room) => Task.FromResult(Find(filter, NumberedPlace.Read(place), room)),
        time).ReadAsync(query);

    public Operation? Find(string id)
    {
        lock (_lock)
            return long.TryParse(id, CultureInfo.InvariantCulture, out var number) ? _operations.GetValueOrDefault(number) : null;
    }

    /// <summary>Begins an operation.</summary>
    /// <param name="kind">What it does.</param>
    /// <param name="about">What it is about, for people.</param>
    /// <param name="by">Who wants it, and why.</param>
    /// <param name="work">Does it; ends early when it is cancelled.</param>
    public Operation Begin(string kind, string about, DecidedBy by, Func<Operation, CancellationToken, Task> work)
    {
        Operation operation;
        lock (_lock)
        {
            var number = ++_last;
            operation = new Operation(new OperationStatus(
                NumberedPlace.Of(number), kind, about, by, time.GetUtcNow(), OperationState.Running, 0, 0, null, null, null));
            _operations.Add(number, operation);
            if (_operations.Values.Count(other => other.Completion.IsCompleted) > MostEnded)
                _operations.Remove(_operations.First(other => other.Value.Completion.IsCompleted).Key);
        }

        told(operation.Status);
        _ = RunAsync(operation, work);
        return operation;
    }

    // Nobody waits for it: how it ends, also by an exception, is what it tells.
    private async Task RunAsync(Operation operation, Func<Operation, CancellationToken, Task> work)
    {
        try
        {
            await work(operation, operation.Cancelled);
            told(operation.End(operation.Cancelled.IsCancellationRequested ? OperationState.Cancelled : OperationState.Completed, time.GetUtcNow(), null));
        }
        catch (OperationCanceledException) when (operation.Cancelled.IsCancellationRequested)
        {
            told(operation.End(OperationState.Cancelled, time.GetUtcNow(), null));
        }
        catch (Exception exception)
        {
            told(operation.End(OperationState.Failed, time.GetUtcNow(), exception));
        }
    }

    private Stretch<OperationStatus> Find(ListFilter filter, long after, int room)
    {
        lock (_lock)
        {
            var meant = _operations.Where(item => item.Key > after)
                .Select(item => (item.Key, item.Value.Status))
                .Where(item => filter.HoldsState(item.Status.State) && filter.Holds(item.Status.StartedAt))
                .ToArray();
            return new([.. meant.Take(room).Select(item => item.Status)], meant.Length > room ? NumberedPlace.Of(meant[room - 1].Key) : null);
        }
    }
}
