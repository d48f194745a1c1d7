using Hermes.Abstractions.Data;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>Which object of the target is which entry's. A target sets the links itself; here they are looked at, and put right by hand.</summary>
/// <remarks>Every method throws <see cref="Runtime.Control.NotRunningException"/> if the client is not running.</remarks>
public interface IClientLinks
{
    /// <summary>The entries of a type with their links, in the order in which they came.</summary>
    /// <param name="type">The local data type.</param>
    /// <param name="query">
    /// Which page. Entries have keys and states (<see cref="Control.LinkState"/>), and the text is the link. Default: the first.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<EntryLink>> ListAsync(string type, ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Links entries with objects, and writes nothing: the next change of an entry, or what waits of it in the error queue, goes to the object. Written to the log with
    /// actor and reason.
    /// </summary>
    /// <param name="type">The local data type.</param>
    /// <param name="links">The keys of the entries, each with the link of its object.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>What was refused, with the reason: an entry that there is not, an object that is another entry's. The others are linked.</returns>
    /// <exception cref="ArgumentException">The client has no such type.</exception>
    Task<IReadOnlyList<RefusedLink>> SetAsync(
        string type, IReadOnlyDictionary<EntryKey, string> links, string actor, string reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets which objects are the entries': they stay as they are, and are looked for by name, or by a comparison, from now on. Written to the log with actor and reason.
    /// </summary>
    /// <param name="type">The local data type.</param>
    /// <param name="keys">The keys of the entries.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>How many had a link.</returns>
    /// <exception cref="ArgumentException">The client has no such type.</exception>
    Task<int> CutAsync(string type, IReadOnlyCollection<EntryKey> keys, string actor, string reason, CancellationToken cancellationToken = default);
}
