using System.Diagnostics.CodeAnalysis;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>
/// The cached contents that a part of a poll needs. It says by id which; whoever holds the store reads them in one call and hands them in.
/// </summary>
internal sealed class CachedContents(DataType type)
{
    private readonly List<long> _needed = [];
    private readonly Dictionary<long, byte[]> _contents = [];

    public DataType Type { get; } = type;

    /// <summary>The ids that are asked for and were not handed in.</summary>
    public IReadOnlyList<long> Needed => _needed;

    public CachedEntry this[long id] => CachedEntry.Decode(_contents[id]);

    /// <summary>The encoded form of an entry, if it was asked for.</summary>
    public bool TryGet(long id, [NotNullWhen(true)] out byte[]? content) => _contents.TryGetValue(id, out content);

    public void Need(long id)
    {
        if (!_contents.ContainsKey(id))
            _needed.Add(id);
    }

    /// <summary>Hands in what is needed, in the order of <see cref="Needed"/>.</summary>
    public void Give(IReadOnlyList<byte[]> contents)
    {
        for (var i = 0; i < _needed.Count; i++)
            _contents[_needed[i]] = contents[i];
        _needed.Clear();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _needed.Clear();
        _contents.Clear();
    }
}
