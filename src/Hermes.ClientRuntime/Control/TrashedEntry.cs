using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.Control;

/// <summary>An entry in the trashbin.</summary>
/// <param name="RemoteType">The type of the server.</param>
/// <param name="Key">The key.</param>
/// <param name="Entry">The remote entry.</param>
/// <param name="Since">When it went there.</param>
public sealed record TrashedEntry(string RemoteType, EntryKey Key, Entry Entry, DateTimeOffset Since)
{
    /// <inheritdoc/>
    public override string ToString() => $"{RemoteType}[{Key}] since {Since:u}";
}
