using BenchmarkDotNet.Attributes;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;

namespace Hermes.Micro.Benchmarks;

/// <summary>What tells a server whether an entry changed.</summary>
public class FingerprintBenchmarks
{
    private readonly CachedEntry _entry = new(Person.Before, Entry.Empty);
    private readonly EntryHasher _hasher = new(new byte[EntryHasher.SecretSize]);
    private byte[] _content = [];

    [GlobalSetup]
    public void SetUp() => _content = _entry.Encode();

    [Benchmark]
    public byte[] Encode() => _entry.Encode();

    [Benchmark]
    public Hash128 Hash() => _hasher.HashContent(_content);

    [Benchmark]
    public Hash128 HashKey() => _hasher.HashKey(Person.Key);

    [Benchmark]
    public Entry Decode() => CachedEntry.Decode(_content).Sent;
}
