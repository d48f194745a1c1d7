using System.Collections.Immutable;
using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Targets;

/// <summary>An object of a target, as it was read.</summary>
/// <param name="Link">What it is called for ever.</param>
/// <param name="Name">What people call it: a DN, the path of a file, the key of a row.</param>
/// <param name="Content">
/// Its attributes by their local names, those only that the target writes for the type, and no secrets. An attribute that is not set is left out.
/// </param>
/// <param name="IsTrashed">Whether it lies where, or is marked as, the target puts what goes to the trashbin.</param>
public sealed record TargetObject(string Link, string Name, Entry Content, bool IsTrashed)
{
    /// <summary>The further attributes that were asked for, by the names of the target. Default: none.</summary>
    public Entry Others { get; init; } = Entry.Empty;

    /// <summary>
    /// Whether it must stay as it is while it is no entry's: the account by which the target works, objects without which a domain does not work. It is not told as unmanaged,
    /// nor trashed or removed as such. Default: false.
    /// </summary>
    public bool IsProtected { get; init; }

    /// <summary>
    /// What its attributes lead to that the client's data model calls references: by their local names, the links of the objects. An attribute that the target tells is
    /// here even if it leads to nothing; a value that leads to no object, or to one without a link, is left out. Default: none is told, so that none is compared.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<string>> References { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}
