using System.Collections.Concurrent;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>The readers of a target's types. Memberships have none: they are values of their groups. Asked while a schema is taken over, too.</summary>
internal sealed class EntryReaders
{
    private readonly ConcurrentDictionary<string, EntryReader> _readers = new(StringComparer.Ordinal);

    /// <summary>Adds the reader of a type, or puts it in the place of another.</summary>
    public void Set(string type, EntryReader reader) => _readers[type] = reader;

    /// <summary>Whether a type has a reader.</summary>
    public bool Contains(string type) => _readers.ContainsKey(type);

    /// <summary>Where the objects of a type are; null if it has no reader.</summary>
    public string? PlaceOf(string type) => _readers.TryGetValue(type, out var reader) ? reader.Base : null;

    /// <summary>Whether trashed objects of a type can be told from others.</summary>
    public bool MarkTrashed(string type) => _readers.TryGetValue(type, out var reader) && reader.MarksTrashed;

    /// <summary>The reader of a type.</summary>
    /// <exception cref="TargetException">It has none.</exception>
    public EntryReader Of(string type) => _readers.TryGetValue(type, out var reader)
        ? reader
        : throw new TargetException($"The type '{type}' is not one whose entries are objects of the directory, so that it cannot be read back.", FaultKind.Permanent);

    /// <summary>Whether what is held of an attribute is what the directory was given.</summary>
    public bool AreSame(string type, string attribute, Value given, Value held) =>
        _readers.TryGetValue(type, out var reader) ? reader.IsSame(attribute, given, held) : given == held;
}
