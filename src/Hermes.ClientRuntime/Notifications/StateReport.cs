using System.Collections.Immutable;
using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Notifications;

/// <summary>
/// Tells people what they should know of a running client, once per change: the error queue, dead letters, what the data model misses, what others
/// changed on the target.
/// What was told is in the state, so that a restart does not tell it again.
/// </summary>
internal sealed class StateReport(ClientSession session)
{
    private const int MostLines = 200;

    private (EventQueue Queue, long Version)? _toldQueue;
    private BoundModel? _toldModel;
    private Following? _toldFollowing;
    private long _toldDeadLetters = -1;
    private bool _isDriftTold;

    /// <summary>A comparison has ended, or begun.</summary>
    public void DriftChanged() => _isDriftTold = false;

    public async ValueTask TellAsync(CancellationToken cancellationToken)
    {
        if (_toldQueue != (session.Queue, session.Queue.Version))
        {
            _toldQueue = (session.Queue, session.Queue.Version);
            await TellAsync(NotificationTopic.ErrorQueue, await QueueLinesAsync(), cancellationToken);
        }

        if (!ReferenceEquals(_toldModel, session.Bound))
        {
            _toldModel = session.Bound;
            await TellAsync(NotificationTopic.DataModelWarnings, ModelFindings.Warnings(session.Bound), cancellationToken);
        }

        if (_toldFollowing != session.Following)
        {
            _toldFollowing = session.Following;
            await TellAsync(NotificationTopic.Behind, _toldFollowing.Behind is { } behind ? [behind.Reason] : [], cancellationToken);
            await TellAsync(NotificationTopic.HeldRemovals, session.HeldRemovals, cancellationToken);
            await TellAsync(NotificationTopic.OtherProducers, [.. _toldFollowing.Others.Values], cancellationToken);
        }

        if (!_isDriftTold)
        {
            _isDriftTold = true;
            await TellAsync(NotificationTopic.Drift, await DriftLinesAsync(), cancellationToken);
        }

        if (_toldDeadLetters != session.DeadLetters)
        {
            _toldDeadLetters = session.DeadLetters;
            await TellAsync(
                NotificationTopic.DeadLetters,
                [.. (await session.Written.ReadDeadLettersAsync(MostLines)).Select(letter => letter.ToString())],
                cancellationToken);
        }
    }

    // While a type is compared, what was told of it before stands.
    private async ValueTask<string[]> DriftLinesAsync()
    {
        var told = session.Setup!.Told.GetValueOrDefault(NotificationTopic.Drift.Name, []);
        return
        [
            .. (await ReportTable.ListAsync(session)).SelectMany<ComparisonReport, string>(report => report switch
            {
                { Digest: null } => told.Where(line => line.StartsWith($"{report.Type}:", StringComparison.Ordinal)),
                { Found: > 0 } => [report.ToString()],
                _ => [],
            }),
        ];
    }

    // The number of attempts is left out: a retry that fails in the same way is not worth telling.
    private async ValueTask<string[]> QueueLinesAsync() =>
    [
        .. (await session.ReadQueueAsync(MostLines)).Select(Line),
        .. session.Queue.Count > MostLines ? [$"... and {session.Queue.Count - MostLines} more"] : Array.Empty<string>(),
    ];

    private string Line(QueuedEvent queued)
    {
        var name = session.Bound.TryGetType(queued.Event.Type, out var type) ? type.Describe(queued.Event.Key, queued.Event.Local?.Entry) : "";
        return $"{queued} {name}: {queued.Attempts.Message}";
    }

    private async ValueTask TellAsync(NotificationTopic topic, IReadOnlyList<string> current, CancellationToken cancellationToken)
    {
        var setup = session.Setup!;
        var previous = setup.Told.GetValueOrDefault(topic.Name, []);
        if (previous.SequenceEqual(current, StringComparer.Ordinal))
            return;
        await session.Services.Notifications.TellAsync(topic, previous, current, cancellationToken);
        session.SetUp(setup with { Told = setup.Told.SetItem(topic.Name, [.. current]) });
    }
}
