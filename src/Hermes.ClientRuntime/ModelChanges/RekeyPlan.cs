using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// The keys that the entries of a remote type get by a new schema. Live entries come first: what lies in the trashbin, or only waits to be removed, keeps its
/// old key if it has none by the schema, or one that another entry has.
/// </summary>
internal sealed class RekeyPlan
{
    private readonly Dictionary<EntryKey, EntryKey> _newKeys = [];

    private RekeyPlan()
    {
    }

    /// <exception cref="ContradictionException">Live entries have no key by the schema, or the same.</exception>
    public static async ValueTask<RekeyPlan> MakeAsync(ClientSession session, TypeSchema type)
    {
        var plan = new RekeyPlan();
        var taken = new HashSet<EntryKey>();
        await foreach (var entry in session.ReadAsync(EntryTable.Remote(type.Name)))
        {
            if (entry.Expected is not { IsTrashed: false } live)
                continue;
            if (!TryKey(type, live.Entry, out var key))
            {
                throw new ContradictionException(
                    $"'{type.Name}' gets the key {string.Join(", ", type.Key)}, but the entry {entry.Key} does not have a value for it.");
            }

            if (!taken.Add(key))
                throw new ContradictionException($"By the new key of '{type.Name}' ({string.Join(", ", type.Key)}), two entries have the key {key}.");
            plan._newKeys[entry.Key] = key;
        }

        await foreach (var entry in session.ReadAsync(EntryTable.Remote(type.Name)))
        {
            if (entry.Expected is not { IsTrashed: false } && TryKey(type, (entry.Expected ?? entry.Applied)!.Entry, out var key) && taken.Add(key))
                plan._newKeys[entry.Key] = key;
        }

        return plan;
    }

    /// <summary>The new key of an entry; false if it keeps its old one.</summary>
    public bool TryGetNewKey(EntryKey old, out EntryKey key) => _newKeys.TryGetValue(old, out key);

    /// <summary>The key of a content by a schema.</summary>
    public static bool TryKey(TypeSchema type, Entry content, out EntryKey key) =>
        EntryKey.TryCreate(type.Key is [var single] ? content.Get(single) : ValueList.Create(type.Key.Select(content.Get)), out key)
            && key.PartCount == type.Key.Length;
}
