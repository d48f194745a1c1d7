using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Constraints;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Polling;

/// <summary>
/// What one poll works out, for the steps that a runtime states in order: maps, merges and constrains rows, and tells how they differ from
/// what was known. Wherever it needs cached contents it says so, and goes on when they were handed in. What was known changes with
/// <see cref="Commit"/> only, so a poll that is dropped before leaves it untouched.
/// </summary>
/// <remarks>Does no input or output of its own and keeps no thread. To be used by one thread at a time, one poll at a time.</remarks>
internal sealed class Poll
{
    private readonly ServerModel _model;
    private readonly IKnownEntries _known;
    private readonly ITypePoll[] _types;
    private IReadOnlyList<byte[]> _cachedOfType = [];

    /// <summary>Starts a poll.</summary>
    /// <param name="model">The data model.</param>
    /// <param name="known">What was known before.</param>
    public Poll(ServerModel model, IKnownEntries known)
    {
        _model = model;
        _known = known;
        _types = new ITypePoll[model.Types.Length];
        foreach (var type in model.Types)
        {
            var changes = new TypeChanges(type, known);
            _types[type.Index] = model.Streamed[type.Index]
                ? new StreamedType(changes, new ConstraintSet(type, null, type.IntegrityConstraints, ResolveInConstraint))
                : new CollectedType(changes, known.Hasher);
        }
    }

    /// <summary>The sources, in the order in which they are to be read.</summary>
    public IEnumerable<TypeSource> Sources => _model.Types.SelectMany(type => type.Sources);

    /// <summary>The work on a type.</summary>
    public ITypePoll this[DataType type] => _types[type.Index];

    /// <summary>The types that are held until all are read.</summary>
    public IEnumerable<CollectedType> Collected => _types.OfType<CollectedType>();

    /// <summary>What the poll found so far.</summary>
    public PollReport Report => new([.. _types.Select(type => type.Changes.ToReport())]);

    /// <summary>The fetch operation of a source, with its templates evaluated over what was read so far.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cached">The contents of all cached entries of the type, if the operation reads <c>CACHED_VALUES</c>.</param>
    /// <exception cref="EvaluationException">A template failed.</exception>
    public SourceOperation Prepare(TypeSource source, IReadOnlyList<byte[]> cached)
    {
        _cachedOfType = cached;
        return source.Fetch.Evaluate(source, name => ResolveInFetch(source, name));
    }

    /// <summary>Drops the entries of collected types for which an integrity constraint is not true, until none is left.</summary>
    /// <exception cref="EvaluationException">A constraint failed; the poll is to be dropped.</exception>
    public void JudgeCollected(CancellationToken cancellationToken)
    {
        var names = _model.Types.Select(type => type.Name).ToList();
        var judged = Collected.Select(type => (type.Changes.Type.Name, type.ConstrainedBy(names, ResolveInConstraint)));
        Fixpoint.Reach([.. judged], cancellationToken);
    }

    /// <summary>Keeps a cached entry known that the poll did not find: its removal is neither stored nor sent.</summary>
    public void Keep(RemovedEntry removed) => _types[removed.Type.Index].Changes.Keep(removed);

    /// <summary>Makes what the poll found the known state: the store has it.</summary>
    public void Commit()
    {
        foreach (var type in _types)
            type.Changes.Commit();
    }

    private Value ResolveInFetch(TypeSource source, string name) => name switch
    {
        TemplateVariables.RemoteAttributes => ValueList.Create(source.RemoteAttributes.Select(remote => (Value)remote)),
        TemplateVariables.CachedValues => Value.From(CachedEntriesOf(source.Type, _cachedOfType)),
        _ => OwnerOf(name) is { } owner && owner.Index < source.Type.Index ? Show(owner, name) : ValueList.Empty,
    };

    private Value ResolveInConstraint(string name) => OwnerOf(name) is { } owner ? Show(owner, name) : Value.Undefined;

    private DataType? OwnerOf(string name) =>
        _model.TryGetType(VariableNames.Owner(name, _model.Types.Select(type => type.Name)), out var owner) ? owner : null;

    private Value Show(DataType owner, string name)
    {
        var poll = _types[owner.Index];
        return VariableNames.MeansKeys(name, owner.Name)
            ? Value.From(new KeysObject($"the keys of {owner.Name}", _known.Hasher, poll.Keys))
            : Value.From(new EntriesObject($"the entries of {owner.Name}", () => poll.Keys.Count, () => poll.Entries));
    }

    private static EntriesObject CachedEntriesOf(DataType type, IReadOnlyList<byte[]> contents) => new(
        $"the cached entries of {type.Name}", () => contents.Count, () => contents.Select(content => CachedEntry.Decode(content).All));
}
