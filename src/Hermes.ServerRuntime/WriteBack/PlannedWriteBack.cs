using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Diffing;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.WriteBack;

/// <summary>An operation that is to be executed on a data source when its event is on the bus; stored until then.</summary>
/// <param name="Type">The data type.</param>
/// <param name="Source">The data source.</param>
/// <param name="Operation">What to do.</param>
internal sealed record PlannedWriteBack(string Type, string Source, SourceOperation Operation)
{
    public static byte[] Encode(IEnumerable<PlannedWriteBack> planned) =>
        JsonSerializer.SerializeToUtf8Bytes(planned.Select(item => item.ToStored()), StateJson.Default.IEnumerableStoredForm);

    public static IReadOnlyList<PlannedWriteBack> Decode(ReadOnlySpan<byte> stored) =>
        [.. (JsonSerializer.Deserialize(stored, StateJson.Default.StoredFormArray) ?? []).Select(item => item.ToPlanned())];

    private StoredForm ToStored() => new(
        Type,
        Source,
        Operation.Kind,
        Operation.Query,
        [.. Operation.Variables.Keys],
        new CachedEntry(Entry.Create(Operation.Variables), Entry.Empty).Encode(),
        [.. Operation.Attributes]);

    /// <summary>The variables that are set are encoded as an entry; the names tell those that are not.</summary>
    internal sealed record StoredForm(string Type, string Source, SourceOperationKind Kind, string Query, string[] Names, byte[] Values, string[] Attributes)
    {
        public PlannedWriteBack ToPlanned()
        {
            var values = CachedEntry.Decode(Values).Sent;
            return new PlannedWriteBack(
                Type, Source, new SourceOperation(Kind, Query, Names.ToDictionary(name => name, values.Get, StringComparer.Ordinal), Attributes));
        }
    }
}
