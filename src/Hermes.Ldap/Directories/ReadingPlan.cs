using Hermes.Abstractions.Data;

namespace Hermes.Ldap.Directories;

/// <summary>What is read of the objects of a type, beside what its layout says.</summary>
/// <param name="Layout">Names and attributes of the entries.</param>
/// <param name="TrashBase">The container of trashed objects; null if they are not moved.</param>
internal sealed record ReadingPlan(EntryLayout Layout, string? TrashBase)
{
    /// <summary>The object classes of the type. Those that only add to others are not asked of an object, unless there are no others.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [.. Layout.Classes];

    /// <summary>The object class of those that are not meant though they have all of <see cref="Classes"/>, as computers are users; null if there is none.</summary>
    public string? NotClass { get; init; }

    /// <summary>The LDAP attributes that are never read: passwords.</summary>
    public IReadOnlyList<string> Passwords { get; init; } = [];

    /// <summary>The LDAP attributes that something else writes too: members of groups.</summary>
    public IReadOnlyList<string> OfOthers { get; init; } = [];

    /// <summary>What refers to other objects.</summary>
    public IReadOnlyList<HeldReference> References { get; init; } = [];

    /// <summary>The LDAP attributes that follow from others where an entry has none.</summary>
    public IReadOnlyList<string> Completed { get; init; } = [];

    /// <summary>Whether the schema names no equality rules, as that of Active Directory: the syntaxes decide then.</summary>
    public bool ComparesBySyntax { get; init; }

    /// <summary>The LDAP attributes that mark a trashed object that stays where it is.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>The name of the account by which the target works, if it is known: its object is nobody's, and is to stay.</summary>
    public string? Account { get; init; }

    /// <summary>The LDAP attribute that says of an object that the directory needs it; null if there is none.</summary>
    public string? ProtectedBy { get; init; }

    /// <summary>The LDAP attributes that are read beside those that are told.</summary>
    public IEnumerable<string> Read =>
        Marks.Concat(References.Select(reference => reference.Ldap)).Concat(ProtectedBy is null ? [] : [ProtectedBy]).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether their values mark it.</summary>
    public Func<Func<string, Value>, bool> IsMarked { get; init; } = _ => false;
}
