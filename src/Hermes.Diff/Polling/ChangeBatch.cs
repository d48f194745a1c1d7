using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>Some changes of one type, in the order in which the entries came. Valid until the next batch is asked for.</summary>
internal readonly record struct ChangeBatch(DataType Type, IReadOnlyList<EntryChange> Changes);
