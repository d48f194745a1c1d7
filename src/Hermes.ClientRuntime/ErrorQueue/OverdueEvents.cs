namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// The events of the queue that were tried before, are due again, and wait for others all the same: the policy of foreign keys has become another one, for instance. Their time is
/// not waited for any more, but that of the others: until one leaves the queue.
/// </summary>
internal sealed class OverdueEvents(ClientSession session)
{
    private readonly HashSet<long> _numbers = [];
    private (EventQueue? Queue, long Removals) _known;

    public void Add(QueueItem item)
    {
        Forget();
        _numbers.Add(item.Number);
    }

    public bool Contains(QueueItem item)
    {
        Forget();
        return _numbers.Contains(item.Number);
    }

    // What has left may be what they waited for.
    private void Forget()
    {
        if (_known == (session.Queue, session.Queue.Removals))
            return;
        _known = (session.Queue, session.Queue.Removals);
        _numbers.Clear();
    }
}
