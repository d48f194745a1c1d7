using BenchmarkDotNet.Attributes;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;

namespace Hermes.Micro.Benchmarks;

/// <summary>What changed between two entries, and what a change makes of one.</summary>
public class DiffBenchmarks
{
    private static readonly Entry Equal = Entry.Create(Person.Before);

    [Benchmark]
    public AttributeChanges BetweenEqual() => AttributeDiff.Between(Person.Before, Equal);

    [Benchmark]
    public AttributeChanges BetweenChanged() => AttributeDiff.Between(Person.Before, Person.After);

    [Benchmark]
    public Entry ApplyChange() => Person.Modified.Changes.ApplyTo(Person.Before);
}
