using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Testing.Contracts.Targets;

/// <summary>A target under test, empty at first, that was started with the types of <see cref="ContractTypes"/>.</summary>
public interface ITestTarget : IAsyncDisposable
{
    /// <summary>The target.</summary>
    IClientTarget Target { get; }

    /// <summary>
    /// The entries of a type that are there and not in a trashbin, each as an entry of the contract's attributes would be read.
    /// </summary>
    Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type);

    /// <summary>An entry as <see cref="ReadAsync"/> returns it: for targets that hold some kinds of value in another form.</summary>
    Entry Held(Entry entry) => entry;

    /// <summary>
    /// Those of some keys that the target holds as entries of their own: all of them, unless its kind of name ends after some characters or does not
    /// tell upper from lower case.
    /// </summary>
    IReadOnlyList<string> Distinguishable(IReadOnlyList<string> keys) => keys;

    /// <summary>Whether the target holds this value of a person's secret attribute, by its own means: a look into the table, a log-in with the password.</summary>
    async Task<bool> HoldsSecretAsync(EntryKey person, string secret) =>
        (await ReadAsync(ContractTypes.People)).TryGetValue(person, out var entry) && entry.Get("code") == (Value)secret;

    /// <summary>Whether what goes to the trashbin is still there, with its secrets, when it comes back. Default: true.</summary>
    bool KeepsTrashed => true;
}
