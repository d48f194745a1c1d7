using Hermes.Abstractions.Data;

namespace Hermes.Diff.Tests.Kit;

/// <summary>Values of all kinds, with the awkward ones among them.</summary>
internal sealed class RandomValues(int seed)
{
    private static readonly string[] Texts = ["", "a", "ä€", "\U0001F600", "\uD83D", "\uDE00x", "\0\u0001\n", "HermesBytes(", new('x', 43), new string('ü', 200) + "\uDBFF"];

    private readonly Random _random = new(seed);

    public Random Random => _random;

    public Value Next(int depth = 0) => _random.Next(depth < 3 ? 11 : 8) switch
    {
        0 => _random.Next(2) == 0,
        1 => _random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64),
        2 => BitConverter.Int64BitsToDouble(_random.NextInt64()) is var number && double.IsFinite(number) ? number : 0.5,
        3 => new decimal(_random.Next(), _random.Next(), _random.Next(3) == 0 ? _random.Next() : 0, _random.Next(2) == 0, (byte)_random.Next(29)),
        4 or 5 => Texts[_random.Next(Texts.Length)] + (_random.Next(2) == 0 ? "" : _random.Next(50).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        6 => new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks)),
        7 => Bytes(),
        8 or 9 => ValueList.Create(Enumerable.Range(0, 1 + _random.Next(4)).Select(_ => Next(depth + 1)).ToList()),
        _ => ValueMap.Create(Enumerable.Range(0, 1 + _random.Next(4)).Select(i => KeyValuePair.Create(Texts[i], Next(depth + 1))).ToList()),
    };

    public Entry Entry(int attributes) => Hermes.Abstractions.Data.Entry.Create(
        Enumerable.Range(0, attributes).Where(_ => _random.Next(3) > 0).Select(i => KeyValuePair.Create("a" + i, Next())));

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(20)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
