using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.Events;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>
/// Reads an initsync, and what the client has seen behind it, into the state: beside what is known, which stays as it is. Secret attributes are left out: those
/// behind the initsync have been delivered already.
/// </summary>
internal sealed class GatherInitSync(ClientSession session, IMessageBusConsumer bus)
{
    private const int SliceSize = 1000;

    /// <summary>Goes on where it was. Yields after each slice; the caller commits.</summary>
    /// <exception cref="UnusableInitSyncException">Messages of the initsync are missing.</exception>
    public async IAsyncEnumerable<int> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var work = session.Following.Reinitialisation!;
        if (work.IsGathered)
            yield break;
        if (work.Next is null)
        {
            await foreach (var cleared in ClearAsync())
                yield return cleared;
        }

        var slice = new List<Incoming>(SliceSize);
        await foreach (var incoming in ReadAsync(work, cancellationToken))
        {
            slice.Add(incoming);
            var isLast = incoming.Offset.Next >= work.End;
            if (slice.Count < SliceSize && !isLast)
                continue;
            work = await TakeAsync(work, slice) with { Next = isLast ? work.End : incoming.Offset.Next };
            session.Follow(session.Following with { Reinitialisation = work });
            yield return slice.Count;
            slice.Clear();
            if (isLast)
                yield break;
        }
    }

    /// <summary>Forgets what was gathered. Yields after each slice; the caller commits.</summary>
    public async IAsyncEnumerable<int> ClearAsync()
    {
        foreach (var table in (await session.Written.ReadTablesAsync()).Where(table => table.Side == EntrySide.Gathered))
        {
            await foreach (var page in session.ReadPagesAsync(table))
            {
                foreach (var row in page)
                    session.Put(table, new StoredEntry(row.Entry.Key, null, null));
                yield return page.Count;
            }
        }
    }

    private async IAsyncEnumerable<Incoming> ReadAsync(Reinitialisation work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var messages = bus.ReadAsync(BusPosition.At(work.Next ?? work.InitSync.Range.Start), cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await messages.MoveNextAsync())
                    throw new BusException("The bus ended the stream of messages.", Abstractions.FaultKind.Transient);
            }
            catch (BusMessageExpiredException)
            {
                throw new UnusableInitSyncException($"The bus no longer has all of the initsync at offset {work.InitSync.Range.Start}.");
            }

            yield return session.Services.Messages.Read(messages.Current);
        }
    }

    private async ValueTask<Reinitialisation> TakeAsync(Reinitialisation work, List<Incoming> slice)
    {
        var told = new List<EntryEvent>(slice.Count);
        foreach (var incoming in slice)
        {
            if (incoming.Offset < work.End)
                work = Take(work, incoming, told);
        }

        await session.LoadAsync(told.Select(@event => new EntryAddress(EntryTable.Gathered(@event.Type), @event.Key)));
        foreach (var @event in told)
            Put(work.Schema!, @event);
        return work;
    }

    private static Reinitialisation Take(Reinitialisation work, Incoming incoming, List<EntryEvent> told)
    {
        var (offset, range, producer) = (incoming.Offset, work.InitSync.Range, work.InitSync.Producer);
        var isInside = offset <= range.Stop;
        if (incoming.Decoded is not { } decoded)
        {
            // Who sends numbers shows by them whether the message was his.
            return isInside && producer == EventStamp.Unstamped
                ? throw new UnusableInitSyncException($"The message at offset {offset} of the initsync cannot be read: {incoming.Fault}")
                : work;
        }

        if (!string.Equals(decoded.Producer, producer, StringComparison.Ordinal))
            return work;
        if (decoded.Stamp is { Sequence: var sequence })
        {
            if (sequence <= work.LastSequence)
                return work;
            if (isInside && sequence > work.LastSequence + 1)
                throw new UnusableInitSyncException($"The initsync at offset {range.Start} lacks messages: number {work.LastSequence} is followed by {sequence}.");
            work = work with { LastSequence = sequence };
        }

        if (decoded.Event is EntryEvent @event && (isInside || @event.Category == EventCategory.Base))
            told.Add(@event);
        return offset == range.Start && decoded.Event is InitStartEvent start ? work with { Schema = start.Schema } : work;
    }

    // What contradicts what was told before was set aside when it came; nothing comes of it here either.
    private void Put(DataSchema schema, EntryEvent @event)
    {
        if (!schema.TryGetType(@event.Type, out var type) || @event.Key.PartCount != type.Key.Length)
            return;
        var table = EntryTable.Gathered(type.Name);
        var after = (@event, session.Find(table, @event.Key).Expected) switch
        {
            (AddedEvent added, _) => new EntryView(RemoteContent.OfAdded(type, added.Attributes).Entry),
            (ModifiedEvent modified, { Entry: var before }) => new EntryView(RemoteContent.OfModified(type, before, modified.Changes).Entry),
            _ => null,
        };
        session.Put(table, StoredEntry.Settled(@event.Key, after));
    }
}
