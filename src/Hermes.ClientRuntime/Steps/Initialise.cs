using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.State;
using Hermes.Events;
using Hermes.Events.InitSync;
using Hermes.Events.Json;
using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Finds the initsync sequence that a new client starts from, and sets the client up with it.</summary>
internal sealed class Initialise(ClientSession session, IMessageBusConsumer bus, ClientSurface surface)
{
    private static readonly string InitSyncCategory = EventJson.CategoryName(EventCategory.InitSync);

    // Of both bounds.
    private static readonly ReadOnlyMemory<byte> BoundName = "init-st"u8.ToArray();

    private readonly InitSyncScanner _scanner = new();
    private readonly Dictionary<BusOffset, (DecodedEvent Decoded, ReceivedMessage Message)> _starts = [];

    /// <summary>Returns when the client is set up. Meanwhile it answers requests.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var search = SearchAsync(end.Token);
        try
        {
            while (true)
            {
                var request = surface.Mailbox.WaitAsync(end.Token).AsTask();
                if (await Task.WhenAny(search, request) == search)
                    break;
                await surface.Mailbox.ServeAsync(new ClientWork(null, session, bus), cancellationToken);
            }

            SetUp(await search);
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private async Task<InitSyncRange> SearchAsync(CancellationToken cancellationToken)
    {
        var isFirstWanted = session.Model.Settings.InitSync == InitSyncChoice.First;
        var last = await bus.GetLastOffsetAsync(cancellationToken);
        if (last is { } end)
        {
            await foreach (var message in bus.SearchAsync(BoundName, end, cancellationToken))
            {
                Observe(message);
                if (isFirstWanted && _scanner.First is { } first)
                    return first;
            }
        }

        if (_scanner.Latest is { } latest)
            return latest;
        Wait();
        await foreach (var message in bus.ReadAsync(last is null ? BusPosition.Beginning : BusPosition.At(last.Value.Next), cancellationToken))
        {
            Observe(message);
            if (_scanner.Latest is { } next)
                return next;
        }

        throw new BusException("The bus ended the stream of messages.", Abstractions.FaultKind.Transient);
    }

    private void Observe(ReceivedMessage message)
    {
        // The bounds are found without reading the entries between them.
        if (!string.Equals(message.Message.Category, InitSyncCategory, StringComparison.Ordinal) || message.Message.Body.Span.IndexOf(BoundName.Span) < 0)
            return;
        var incoming = session.Services.Messages.Read(message);
        if (incoming.Decoded is not { } decoded)
        {
            session.Services.Log.RefusedInitSync(session.Model.Name, message.Offset.Value, incoming.Fault!);
            return;
        }

        _scanner.Observe(message.Offset, decoded.Event);
        if (decoded.Event is InitStartEvent)
            _starts[message.Offset] = (decoded, message);
    }

    private void SetUp(InitSyncRange range)
    {
        session.Services.Log.Initialising(session.Model.Name, range.Start.Value, range.Stop.Value);
        var (start, message) = _starts[range.Start];
        session.SetUp(new ClientSetup(((InitStartEvent)start.Event).Schema, session.Model.Snapshot(), range, [])
        {
            Following = new Following { Producer = start.Producer, Latest = new PassedInitSync(range, start.Producer), Starts = [MessageMark.Of(message)] },
        });
        if (start.Stamp is { } stamp)
            session.Position.SawSequence(range.Start, stamp.ProducerId, stamp.Sequence);
        session.Position.MoveBehind(message);
    }

    private void Wait()
    {
        session.Services.Log.WaitingForInitSync(session.Model.Name);
        surface.Status.Enter(RunState.WaitingForInitSync);
    }
}
