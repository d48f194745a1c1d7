using BenchmarkDotNet.Attributes;
using Hermes.Events.Json;

namespace Hermes.Micro.Benchmarks;

/// <summary>Events to JSON and back.</summary>
public class CodecBenchmarks
{
    private byte[] _unstamped = [];
    private byte[] _added = [];
    private byte[] _modified = [];

    [GlobalSetup]
    public void SetUp()
    {
        _unstamped = EventJson.Encode(Person.Added, null);
        _added = EventJson.Encode(Person.Added, Person.Stamp);
        _modified = EventJson.Encode(Person.Modified, Person.Stamp);
    }

    [Benchmark]
    public byte[] EncodeAdded() => EventJson.Encode(Person.Added, null);

    [Benchmark]
    public byte[] PutInStamp() => EventJson.WithStamp(_unstamped, Person.Stamp);

    [Benchmark]
    public DecodedEvent DecodeAdded() => EventJson.Decode(_added);

    [Benchmark]
    public byte[] EncodeModified() => EventJson.Encode(Person.Modified, null);

    [Benchmark]
    public DecodedEvent DecodeModified() => EventJson.Decode(_modified);
}
