using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Mapping;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>Compares an entry with its object. Pure.</summary>
internal static class Differences
{
    /// <summary>The attributes that the object has otherwise. Secret ones are left out: they can be neither read nor known.</summary>
    public static ImmutableArray<AttributeFinding> Between(IReadableTarget target, BoundType type, Entry given, TargetObject held)
    {
        ImmutableArray<AttributeFinding>.Builder? found = null;
        foreach (var mapping in type.Plain)
        {
            var (attribute, mine, theirs) = (mapping.Local, given.Get(mapping.Local), held.Content.Get(mapping.Local));
            if (mine != theirs && !type.Type.Drift.Uncompared.Contains(attribute) && !IsSame(target, type, attribute, mine, theirs, held))
                (found ??= ImmutableArray.CreateBuilder<AttributeFinding>()).Add(new AttributeFinding(attribute, mine, theirs));
        }

        return found is null ? [] : found.ToImmutable();
    }

    // What is held of a reference that the target tells are the keys of entries. The order of a list says nothing.
    private static bool IsSame(IReadableTarget target, BoundType type, string attribute, Value mine, Value theirs, TargetObject held) =>
        held.References.ContainsKey(attribute) && type.Type.References.TryGetValue(attribute, out var reference)
            ? KeysOf(reference, mine) is { } keys && keys.SetEquals(reference.KeysOf(theirs))
            : target.IsSame(type.Name, attribute, mine, theirs);

    private static HashSet<EntryKey>? KeysOf(TargetReference reference, Value given)
    {
        try
        {
            return [.. reference.KeysOf(given)];
        }
        catch (FormatException)
        {
            // It holds no keys, so that the target never got it.
            return null;
        }
    }

    /// <summary>The entry as the target has it: what it holds otherwise is as it was read, so that the next change of the entry brings it back.</summary>
    public static Entry AsHeld(Entry given, ImmutableArray<AttributeFinding> found)
    {
        if (found.IsEmpty)
            return given;
        var held = found.ToDictionary(finding => finding.Attribute, finding => finding.Held, StringComparer.Ordinal);
        return Entry.Create(given.Where(attribute => !held.ContainsKey(attribute.Key)).Concat(held.Where(attribute => attribute.Value.IsSet)));
    }
}
