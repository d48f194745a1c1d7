using Hermes.Abstractions.Buses;
using Hermes.Events.InitSync;
using Hermes.Events.Schema;

namespace Hermes.Events.Tests.InitSync;

public sealed class InitSyncScannerTests
{
    private static readonly HermesEvent Start = new InitStartEvent(DataSchema.Empty);
    private static readonly HermesEvent Stop = new InitStopEvent();

    [Fact]
    public void Nothing_is_found_without_a_complete_sequence()
    {
        var scanner = Scan((1, Start));

        scanner.First.Should().BeNull();
        scanner.Latest.Should().BeNull();
    }

    [Fact]
    public void The_first_and_the_latest_complete_sequence_are_told()
    {
        var scanner = Scan((1, Start), (4, Stop), (7, Start), (9, Stop), (12, Start));

        scanner.First.Should().Be(new InitSyncRange(new BusOffset(1), new BusOffset(4)));
        scanner.Latest.Should().Be(new InitSyncRange(new BusOffset(7), new BusOffset(9)));
    }

    [Fact]
    public void A_sequence_that_starts_anew_before_it_stopped_does_not_count()
    {
        var scanner = Scan((1, Start), (5, Start), (8, Stop), (9, Stop));

        scanner.First.Should().Be(new InitSyncRange(new BusOffset(5), new BusOffset(8)));
        scanner.Latest.Should().Be(scanner.First);
    }

    private static InitSyncScanner Scan(params (long Offset, HermesEvent Event)[] events)
    {
        var scanner = new InitSyncScanner();
        foreach (var (offset, @event) in events)
            scanner.Observe(new BusOffset(offset), @event);
        return scanner;
    }
}
