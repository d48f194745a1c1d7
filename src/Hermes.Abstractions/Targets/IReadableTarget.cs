using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Targets;

/// <summary>
/// What a target may offer beside <see cref="IClientTarget"/>: it reads back what it holds, so that this can be compared with what it should hold. The object of an
/// entry is the one with the link that was set (<see cref="TargetContext.SetLinkAsync"/>), or else with the one that follows from the key (<see cref="LinkOf"/>).
/// Its methods are called after <see cref="IClientTarget.StartAsync"/>, also while changes are applied.
/// </summary>
public interface IReadableTarget
{
    /// <summary>Whether the objects of a type can be read back.</summary>
    bool CanRead(string type);

    /// <summary>
    /// The link of the object of an entry, where it follows from the key alone, as that of a row or a file named by the key. Default: null, links are set.
    /// </summary>
    string? LinkOf(string type, EntryKey key) => null;

    /// <summary>
    /// Where the objects of a type are, by the settings of the target, as people say it: <c>ou=people,dc=campus</c>, <c>table people</c>. When it is another than at the last
    /// start, that is told; where links follow from keys, so that objects at the former place would be lost, the client does not go on before somebody accepts it. Default: null,
    /// nobody looks.
    /// </summary>
    string? PlaceOf(string type) => null;

    /// <summary>
    /// All objects of a type, in any order, each once: those of entries and those that are nobody's. Whatever keeps it from telling all of them is an exception, never
    /// a shorter answer. Told are those that are where the target puts objects of the type, live or trashed; one that somebody moved elsewhere is found by its link.
    /// </summary>
    /// <param name="type">The local data type.</param>
    /// <param name="also">
    /// Names by which the target knows further attributes that are to be told in <see cref="TargetObject.Others"/>; one that an object lacks is left out.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TargetException">Not all could be read.</exception>
    IAsyncEnumerable<TargetObject> ReadAsync(string type, IReadOnlyList<string> also, CancellationToken cancellationToken);

    /// <summary>One object by its link, wherever it is; null if it is gone.</summary>
    /// <param name="type">The local data type.</param>
    /// <param name="link">The link of the object.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="TargetException">It could not be read.</exception>
    ValueTask<TargetObject?> FindAsync(string type, string link, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the object of an entry in the trashbin stays, and can be told from others (<see cref="TargetObject.IsTrashed"/>). Only then can one that is no entry's be trashed.
    /// Default: false.
    /// </summary>
    /// <param name="type">The local data type.</param>
    bool MarksTrashed(string type) => false;

    /// <summary>
    /// Whether what was read of an attribute is what the target holds when it is given a value, by the target's own rules: a number that is kept as text, values without
    /// an order, letters whose case does not matter. Both may be unset. True of an attribute that the target is told not to write.
    /// Pure; asked after a reading, from which the target may know the rules. Default: the values are equal.
    /// </summary>
    /// <param name="type">The local data type.</param>
    /// <param name="attribute">The attribute, by its local name.</param>
    /// <param name="given">The value that the entry has.</param>
    /// <param name="held">The value that was read.</param>
    bool IsSame(string type, string attribute, Value given, Value held) => given == held;
}
