namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>How many events of the error queue failed of which cause.</summary>
internal sealed class FailureGroups
{
    private readonly Dictionary<long, (int Count, long Last)> _groups = [];

    /// <summary>The ids of the groups, each with how many events it has, and when one of them was tried last, in UTC ticks; the largest first.</summary>
    public IEnumerable<(long Id, int Count, long Last)> All =>
        _groups.Select(group => (group.Key, group.Value.Count, group.Value.Last)).OrderByDescending(group => group.Count).ThenBy(group => group.Key);

    public void Add(QueueItem item)
    {
        if (item.Group == 0)
            return;
        var (count, last) = _groups.GetValueOrDefault(item.Group);
        _groups[item.Group] = (count + 1, Math.Max(last, item.LastAttempt));
    }

    public void Remove(QueueItem item)
    {
        if (item.Group == 0)
            return;
        var (count, last) = _groups[item.Group];
        if (count == 1)
            _groups.Remove(item.Group);
        else
            _groups[item.Group] = (count - 1, last);
    }

    /// <summary>Counts an event as it is now in place of what it was.</summary>
    public void Replace(QueueItem before, QueueItem item)
    {
        Add(item);
        Remove(before);
    }
}
