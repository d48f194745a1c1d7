using System.Globalization;
using System.Text;
using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>Messages as servers send them.</summary>
public static class BusMessages
{
    /// <summary>A run of numbered messages with ids and headers.</summary>
    /// <param name="first">The number of the first one.</param>
    /// <param name="count">How many.</param>
    /// <param name="size">About how many bytes each body has.</param>
    public static IReadOnlyList<BusMessage> Numbered(int first, int count, int size = 300) =>
        [.. Enumerable.Range(first, count).Select(number => One(number, size))];

    /// <summary>A numbered message with id and headers.</summary>
    public static BusMessage One(int number, int size = 300)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"evcategory":"base","eventtype":"added","objtype":"Users","objpkey":{{number}},"objattrs":{"name":"Zoë Nuñez","text":""");
        var body = $"{head}\"{new string('x', Math.Max(0, size - head.Length - 50))}\"}},\"step\":0,\"isPartiallyProcessed\":false}}";
        return new BusMessage("base", Encoding.UTF8.GetBytes(body))
        {
            Id = IdOf(number),
            Headers = new Dictionary<string, string>
            {
                ["ce_specversion"] = "1.0",
                ["ce_id"] = IdOf(number),
                ["ce_source"] = "/hermes/campus",
                ["ce_type"] = "hermes.added",
            },
        };
    }

    /// <summary>The id that the message of a number has.</summary>
    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"campus-{number:D8}");

    /// <summary>The text of a message's body.</summary>
    public static string Text(this BusMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Encoding.UTF8.GetString(message.Body.Span);
    }
}
