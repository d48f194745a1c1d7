namespace Hermes.Crash.Tests.Invariants;

/// <summary>Names an entry.</summary>
/// <param name="Type">The type, of the server or of the client.</param>
/// <param name="Key">The key as JSON.</param>
internal readonly record struct EntryName(string Type, string Key)
{
    /// <summary>The entries that a membership refers to, whoever calls the types how; none for other types.</summary>
    public IEnumerable<EntryName> Parents()
    {
        if (Type is not ("Memberships" or "Member"))
            return [];
        var parts = Key.Trim('[', ']').Split(',');
        return Type == "Member" ? [new("Group", parts[0]), new("Account", parts[1])] : [new("Groups", parts[0]), new("Users", parts[1])];
    }

    public override string ToString() => $"{Type}[{Key}]";
}
