using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Targets;

/// <summary>What a target gets along with a change.</summary>
public abstract class TargetContext
{
    /// <summary>Whether this change may have been applied before, wholly or in part, because the process ended before its success was stored.</summary>
    public abstract bool IsRedelivery { get; }

    /// <summary>Which attempt this is, from 1.</summary>
    public abstract int Attempt { get; }

    /// <summary>
    /// What this call is named by for good, for a system that drops what it has got already: the same for every attempt of the call, also when the event has waited in the
    /// error queue, and after a restart or a kill; another for every other call, of this client and of others. It follows from the event's producer and its number there (from
    /// the place of its message if it has none), the local type and the kind of change. Events that were merged while they waited have that of the latest: what is told is its
    /// content, and a receiver that has got an earlier one must take it. Hexadecimal digits.
    /// </summary>
    public abstract string ChangeId { get; }

    /// <summary>
    /// The link of the entry: what its object on the target is called for ever, however often it is renamed or moved, such as an <c>entryUUID</c>, a number
    /// or a path. Null until <see cref="SetLinkAsync"/> was called, in this or an earlier change.
    /// </summary>
    public abstract string? Link { get; }

    /// <summary>
    /// Remembers which object is the entry's, from now on until the entry is removed; also if the change fails afterwards. The change then counts as
    /// partially processed.
    /// </summary>
    /// <param name="link">The link of the object; unique on the target.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TargetConflictException">The object is another entry's.</exception>
    public abstract ValueTask SetLinkAsync(string link, CancellationToken cancellationToken);

    /// <summary>The entry that an object belongs to; null if it is no entry's.</summary>
    /// <param name="link">The link of the object.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract ValueTask<EntryId?> FindOwnerAsync(string link, CancellationToken cancellationToken);

    /// <summary>The link of another entry, be it live or trashed; null if it has none.</summary>
    /// <param name="type">The local data type.</param>
    /// <param name="key">The key of the entry.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract ValueTask<string?> FindLinkAsync(string type, EntryKey key, CancellationToken cancellationToken);

    /// <summary>
    /// The entries that an attribute refers to, in its order, with their links. What is new in <see cref="EntryModified.Entry"/> against <see cref="EntryModified.Previous"/>
    /// has come, and the other way round; <c>Except</c> tells. Entries that the target does not have yet are not in the attribute: the change is told when they come.
    /// </summary>
    /// <param name="entry">The entry of the change, or the one before it.</param>
    /// <param name="attribute">The local attribute.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The client's data model does not say that the attribute is a reference.</exception>
    public abstract ValueTask<IReadOnlyList<ReferencedEntry>> FindReferencesAsync(Entry entry, string attribute, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a step that changes the target, unless it was completed in an earlier attempt. Once it has completed, the change counts as
    /// partially processed: it is never merged with later ones by auto-remediation.
    /// </summary>
    /// <param name="name">The name of the step, unique within the change.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Passed to the work.</param>
    public abstract ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="StepAsync(string, Func{CancellationToken, ValueTask}, CancellationToken)"/>, and remembers what the step returned, such as the
    /// number that the target gave to an account. When it was completed in an earlier attempt, it returns that result instead of running again.
    /// </summary>
    /// <typeparam name="T">
    /// A <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="string"/>,
    /// <see cref="DateTime"/>, array of bytes, or <see cref="Value"/>. For any other type, say how it becomes JSON.
    /// </typeparam>
    /// <param name="name">The name of the step, unique within the change.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Passed to the work.</param>
    /// <exception cref="NotSupportedException">Results of this type cannot be remembered. Thrown before the work is begun.</exception>
    /// <exception cref="InvalidOperationException">The step returned something of another type in an earlier attempt.</exception>
    public async ValueTask<T> StepAsync<T>(string name, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        StepResult.Require<T>(name);
        return StepResult.Read<T>(name, await RunStepAsync(name, async token => StepResult.Write(await work(token)), cancellationToken));
    }

    /// <summary>
    /// As <see cref="StepAsync{T}(string, Func{CancellationToken, ValueTask{T}}, CancellationToken)"/>, for a result that is remembered as JSON.
    /// </summary>
    /// <param name="name">The name of the step, unique within the change.</param>
    /// <param name="work">The work.</param>
    /// <param name="result">How the result becomes JSON and back, from a <c>JsonSerializerContext</c>.</param>
    /// <param name="cancellationToken">Passed to the work.</param>
    /// <exception cref="JsonException">What was remembered is not such a result.</exception>
    public async ValueTask<T> StepAsync<T>(
        string name, Func<CancellationToken, ValueTask<T>> work, JsonTypeInfo<T> result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(result);
        var json = await RunStepAsync(name, async token => JsonSerializer.Serialize(await work(token), result), cancellationToken);
        return JsonSerializer.Deserialize(StepResult.Read<string>(name, json) ?? "null", result)!;
    }

    /// <summary>
    /// What the steps that return something are made of: runs a step and remembers its result, or returns the result of an earlier attempt.
    /// Results are stored as secrets are: in no file as plain text.
    /// </summary>
    /// <param name="name">The name of the step, unique within the change.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Passed to the work.</param>
    public abstract ValueTask<Value> RunStepAsync(string name, Func<CancellationToken, ValueTask<Value>> work, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="StepAsync(string, Func{CancellationToken, ValueTask}, CancellationToken)"/>, for a step that changes nothing on the target, such as a
    /// check or a reservation that expires.
    /// </summary>
    public abstract ValueTask PrepareAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken);

    /// <summary>An entry of this client as the target has it, or null: to look up what a change refers to, such as the user of a membership.</summary>
    public abstract ValueTask<Entry?> FindAsync(string type, EntryKey key, CancellationToken cancellationToken);

    /// <summary>All entries of a type as the target has them, in the order in which they were added.</summary>
    public abstract IAsyncEnumerable<KeyValuePair<EntryKey, Entry>> ListAsync(string type, CancellationToken cancellationToken);
}
