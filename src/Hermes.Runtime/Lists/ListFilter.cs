using Hermes.Abstractions.Data;

namespace Hermes.Runtime.Lists;

/// <summary>
/// Which items of a list are meant: those for which all that is said here holds. A list that has nothing of what a filter names, such as kinds, refuses it.
/// </summary>
public sealed record ListFilter
{
    /// <summary>All items.</summary>
    public static ListFilter All { get; } = new();

    /// <summary>The data type.</summary>
    public string? Type { get; init; }

    /// <summary>The key of the entry.</summary>
    public EntryKey? Key { get; init; }

    /// <summary>How the key of the entry begins, as <see cref="EntryKey.ToString"/> shows it.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>What the message holds, in upper or lower case.</summary>
    public string? Text { get; init; }

    /// <summary>The kind, by its name, in upper or lower case.</summary>
    public string? Kind { get; init; }

    /// <summary>The state, by its name, in upper or lower case.</summary>
    public string? State { get; init; }

    /// <summary>The group of failures.</summary>
    public string? Group { get; init; }

    /// <summary>The time of the item is this one or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time of the item is earlier than this one.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether all items are meant.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsAll => this == All;

    internal bool Holds(string type) => Type is null || string.Equals(Type, type, StringComparison.Ordinal);

    internal bool Holds(EntryKey? key) =>
        (Key is null || Key == key) && (KeyPrefix is null || key?.ToString().StartsWith(KeyPrefix, StringComparison.Ordinal) == true);

    internal bool HoldsText(string? text) => Text is null || text?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true;

    internal bool HoldsKind<T>(T kind)
        where T : struct, Enum => Kind is null || IsNameOf(Kind, kind);

    internal bool HoldsState<T>(T state)
        where T : struct, Enum => State is null || IsNameOf(State, state);

    internal bool Holds(DateTimeOffset time) => (From is null || time >= From) && (Until is null || time < Until);

    private static bool IsNameOf<T>(string name, T value)
        where T : struct, Enum => string.Equals(name, Enum.GetName(value), StringComparison.OrdinalIgnoreCase);
}
