using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;

namespace Hermes.ServerRuntime.Staging;

/// <summary>A removal that a poll found and that is not staged yet: the guard looks at all of them together first.</summary>
internal readonly record struct PendingRemoval(DataType Type, EntryKey Key, KeyHash KeyHash, long Id)
{
    /// <summary>What tells the entry from all others of the server.</summary>
    public (int Type, KeyHash Key) Identity => (Type.Index, KeyHash);
}
