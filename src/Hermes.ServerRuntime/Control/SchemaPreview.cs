using System.Collections.Immutable;
using System.Globalization;

namespace Hermes.ServerRuntime.Control;

/// <summary>What the data model of a server changes in what its clients were told, before it is told.</summary>
/// <param name="IsFirstStart">Whether clients were told nothing yet.</param>
/// <param name="Changes">What changes; empty if nothing does.</param>
public sealed record SchemaPreview(bool IsFirstStart, ImmutableArray<PreviewedSchemaChange> Changes)
{
    /// <summary>The preview as text for people.</summary>
    public override string ToString() => IsFirstStart ? "This would be the first start: clients were told nothing yet."
        : Changes.IsEmpty ? "The data model changes nothing in what clients were told."
        : string.Join(Environment.NewLine, Changes);
}

/// <summary>One change of what clients were told.</summary>
/// <param name="Type">The type; null if no single one is concerned.</param>
/// <param name="Attribute">The attribute; null if no single one is concerned.</param>
/// <param name="Text">The change in words.</param>
/// <param name="Entries">
/// How many entries lose something by it: all of a type that is dropped, those that have an attribute that is dropped, those whose key changes. 0 if nothing is lost.
/// </param>
/// <param name="WouldWait">Whether it would wait for approval, so that clients are told nothing of it until then.</param>
public sealed record PreviewedSchemaChange(string? Type, string? Attribute, string Text, long Entries, bool WouldWait)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Text}{(Entries == 0 ? "" : $": {Entries} {(Entries == 1 ? "entry" : "entries")}")}{(WouldWait ? "; this would wait for approval" : "")}");
}
