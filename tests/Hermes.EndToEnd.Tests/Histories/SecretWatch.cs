using System.Collections.Concurrent;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>Looks for the pins of rooms where no secret may be. Each is known by how it begins.</summary>
internal sealed class SecretWatch
{
    public const string Attribute = "pin";
    private const string Beginning = "pin-";

    private readonly ConcurrentQueue<string> _leaks = new();

    /// <summary>Where pins were found.</summary>
    public IEnumerable<string> Leaks => _leaks;

    public static string Pin(int number) => Beginning + number;

    /// <summary>An entry without what is secret.</summary>
    public static Entry Public(Entry entry) => entry.ContainsKey(Attribute) ? Entry.Create(entry.Where(attribute => attribute.Key != Attribute)) : entry;

    public void Look(string where, ReadOnlySpan<byte> content)
    {
        if (content.IndexOf("pin-"u8) >= 0)
            _leaks.Enqueue(where);
    }

    public void Look(string where, string? text)
    {
        if (text is not null && text.Contains(Beginning, StringComparison.Ordinal))
            _leaks.Enqueue(where);
    }

    public void Look(string where, EntryView? view)
    {
        foreach (var (name, value) in view?.Entry ?? Entry.Empty)
            Look($"{where}.{name}", value.ToString());
    }

    public void Look(QueuedEvent queued)
    {
        Look($"{queued}", queued.Event.Remote);
        Look($"{queued}", queued.Event.Local);
        Look($"the fault of {queued}", queued.Event.Fault);
        Look($"the message of {queued}", queued.Attempts.Message);
    }
}
