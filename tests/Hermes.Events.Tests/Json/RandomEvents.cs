using Hermes.Abstractions.Data;

namespace Hermes.Events.Tests.Json;

/// <summary>Makes random events whose values survive JSON exactly (no short decimals).</summary>
internal static class RandomEvents
{
    private static readonly string[] Names = ["login", "mail", "uid", "a b", "é", "removed", "added", "HermesBytes(", "\u0001"];

    public static HermesEvent Next(Random random) => random.Next(4) switch
    {
        0 => new AddedEvent("Users", NextKey(random), NextEntry(random), random.Next(2) == 0 ? EventCategory.Base : EventCategory.InitSync),
        1 => new ModifiedEvent("Users", NextKey(random), new AttributeChanges(
            NextEntry(random), NextEntry(random), [.. Names.Where(_ => random.Next(3) == 0).Order(StringComparer.Ordinal)])),
        2 => new RemovedEvent("Users", NextKey(random)),
        _ => new InitStopEvent(),
    };

    private static EntryKey NextKey(Random random) =>
        random.Next(2) == 0 ? EntryKey.Of(NextScalar(random)) : EntryKey.Of(NextScalar(random), NextScalar(random));

    private static Entry NextEntry(Random random) =>
        Entry.Create(Names.Where(_ => random.Next(2) == 0).Select(name => KeyValuePair.Create(name, NextValue(random, depth: 2))).ToArray());

    private static Value NextValue(Random random, int depth) => random.Next(depth == 0 ? 1 : 3) switch
    {
        0 => NextScalar(random),
        1 => ValueList.Create(Enumerable.Range(0, random.Next(4)).Select(_ => NextValue(random, depth - 1)).ToArray()),
        _ => ValueMap.Create(Names.Where(_ => random.Next(4) == 0).Select(name => KeyValuePair.Create(name, NextValue(random, depth - 1))).ToArray()),
    };

    private static Value NextScalar(Random random) => random.Next(7) switch
    {
        0 => random.Next(2) == 0,
        1 => random.NextInt64(long.MinValue, long.MaxValue),
        2 => BitConverter.Int64BitsToDouble(random.NextInt64()) is var number && double.IsFinite(number) ? number : 0.5,
        3 => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks)),
        4 => NextBytes(random),
        5 => "Hermes" + (random.Next(2) == 0 ? "Datetime(2024-05-01T12:34:56Z)" : "Bytes(QQ==)"),
        _ => new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(0xD000))]),
    };

    private static byte[] NextBytes(Random random)
    {
        var bytes = new byte[random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }
}
