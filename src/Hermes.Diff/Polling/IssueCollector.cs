using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>Counts entries and remembers the first of them.</summary>
internal sealed class IssueCollector
{
    private readonly ImmutableArray<EntryIssue>.Builder _first = ImmutableArray.CreateBuilder<EntryIssue>();
    private int _count;

    public void Add(DataType type, ReadOnlySpan<Value> values, string? source, ImmutableArray<string> attributes = default, string? problem = null)
    {
        _count++;
        if (_first.Count < IssueList.Most)
            _first.Add(new EntryIssue(type.KeyOf(values), source, attributes.IsDefault ? [] : attributes, problem));
    }

    /// <summary>Takes an entry back.</summary>
    public void Remove(DataType type, ReadOnlySpan<Value> values)
    {
        var key = type.KeyOf(values);
        _count--;
        for (var i = 0; i < _first.Count; i++)
        {
            if (_first[i].Key != key)
                continue;
            _first.RemoveAt(i);
            return;
        }
    }

    public IssueList ToList() => new(_count, _first.ToImmutable());
}
