namespace Hermes.Abstractions.Data;

/// <summary>Names an entry; of a client's own types, unless said otherwise.</summary>
/// <param name="Type">The type.</param>
/// <param name="Key">The key.</param>
public readonly record struct EntryId(string Type, EntryKey Key)
{
    /// <summary>A readable form, such as <c>Users[42]</c>.</summary>
    public override string ToString() => $"{Type}[{Key}]";
}
