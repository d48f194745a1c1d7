using System.Globalization;
using System.Text;
using Hermes.Abstractions.Buses;

namespace Hermes.Bus.Benchmarks;

/// <summary>The messages that a benchmark sends: bodies of 300 bytes, with the headers that a server gives them.</summary>
internal sealed record Load(IReadOnlyList<BusMessage> Messages)
{
    private const int BatchSize = 5000;

    /// <summary>The messages in the batches in which a server sends them.</summary>
    public IEnumerable<IReadOnlyList<BusMessage>> Batches() =>
        Messages.Chunk(BatchSize);

    public static Load Of(int count) => new([.. Enumerable.Range(0, count).Select(Message)]);

    /// <summary>The same messages under new ids, as the events of another poll.</summary>
    public Load Again(int round) =>
        new([.. Messages.Select(message => message with { Id = string.Create(CultureInfo.InvariantCulture, $"{message.Id}-{round}") })]);

    private static BusMessage Message(int number)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $$"""{"evcategory":"base","eventtype":"added","objtype":"Users","objpkey":{{number}},"objattrs":{"text":""");
        var id = string.Create(CultureInfo.InvariantCulture, $"campus-{number:D10}");
        return new BusMessage("base", Encoding.ASCII.GetBytes(head + "\"" + new string('x', 300 - head.Length - 4) + "\"}}"))
        {
            Id = id,
            Headers = new Dictionary<string, string>
            {
                ["ce_specversion"] = "1.0",
                ["ce_id"] = id,
                ["ce_source"] = "/hermes/campus",
                ["ce_type"] = "hermes.base.added",
                ["ce_time"] = "2030-01-01T00:00:00Z",
            },
        };
    }
}
