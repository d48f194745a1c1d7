using System.Collections.Immutable;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Diff.Encoding;

namespace Hermes.ClientRuntime.State.Codecs;

/// <summary>The completed steps of an event: their names as JSON, and what they returned as bytes, to be encrypted.</summary>
internal static class StepsCodec
{
    public static string Names(ImmutableArray<CompletedStep> steps) => JsonSerializer.Serialize(steps.Select(step => step.Name), StateJson.Default.IEnumerableString);

    /// <summary>The results, or null if no step returned anything.</summary>
    public static byte[]? Results(ImmutableArray<CompletedStep> steps) => steps.Any(step => !step.Result.IsNull)
        // In a list, since an entry holds only what is set.
        ? EntryCodec.Encode(Entry.Create(steps.Select(step => KeyValuePair.Create(step.Name, Value.From(ValueList.Create([step.Result]))))))
        : null;

    public static ImmutableArray<CompletedStep> Decode(string names, byte[]? results)
    {
        var known = results is null ? Entry.Empty : EntryCodec.Decode(results);
        return
        [
            .. (JsonSerializer.Deserialize(names, StateJson.Default.StringArray) ?? [])
                .Select(name => new CompletedStep(name, known.TryGetValue(name, out var result) ? result.AsList()[0] : Value.Null)),
        ];
    }
}
