using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Constraints;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Polling;

/// <summary>
/// One poll: takes the rows of all sources, maps, merges and constrains them, and reports how they differ from what was known. For each type
/// in declaration order, for each of its sources in order: <see cref="Prepare"/>, <see cref="Add"/> for every row, <see cref="Complete"/>;
/// then <see cref="Finish"/>; when everything is stored, <see cref="Commit"/>. A poll that is dropped before leaves what was known untouched.
/// </summary>
/// <remarks>Does no input or output of its own and keeps no thread. To be used by one thread at a time, one poll at a time.</remarks>
public sealed class Poll
{
    private readonly ServerModel _model;
    private readonly IKnownEntries _known;
    private readonly ITypePoll[] _types;
    private readonly List<TypeSource> _expected;
    private bool _finished;

    /// <summary>Starts a poll.</summary>
    /// <param name="model">The data model.</param>
    /// <param name="known">What was known before.</param>
    /// <param name="changes">Receives the differences.</param>
    public Poll(ServerModel model, IKnownEntries known, IChangeSink changes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(changes);
        _model = model;
        _known = known;
        _types = new ITypePoll[model.Types.Length];
        _expected = [.. model.Types.SelectMany(type => type.Sources)];
        foreach (var type in model.Types)
        {
            var found = new TypeChanges(type, known, changes);
            _types[type.Index] = model.Streamed[type.Index]
                ? new StreamedType(found, new ConstraintSet(type, null, type.IntegrityConstraints, ResolveInConstraint))
                : new CollectedType(found, known.Hasher);
        }
    }

    /// <summary>The fetch operation of a source, with its templates evaluated over what was read so far.</summary>
    /// <exception cref="EvaluationException">A template failed.</exception>
    public SourceOperation Prepare(TypeSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Fetch.Evaluate(source, name => ResolveInFetch(source, name));
    }

    /// <summary>Takes a row.</summary>
    /// <exception cref="EvaluationException">The row cannot be worked out; the poll is to be dropped.</exception>
    public void Add(TypeSource source, SourceRow row)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(row);
        if (_expected.Count == 0 || !ReferenceEquals(_expected[0], source))
            throw new InvalidOperationException($"The source {source} is not the one to be read now.");
        _types[source.Type.Index].Add(source, row);
    }

    /// <summary>Says that the read of a source is complete. Merges, when it was the last source of a type.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cancellationToken">Ends the work; the poll is to be dropped then.</param>
    /// <exception cref="EvaluationException">A constraint failed; the poll is to be dropped.</exception>
    public void Complete(TypeSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (_expected.Count == 0 || !ReferenceEquals(_expected[0], source))
            throw new InvalidOperationException($"The source {source} is not the one to be read now.");
        _expected.RemoveAt(0);
        _types[source.Type.Index].Complete(source, cancellationToken);
    }

    /// <summary>Works out all that needs every type, and reports it to the sink.</summary>
    /// <param name="cancellationToken">Ends the work; the poll is to be dropped then.</param>
    /// <exception cref="EvaluationException">A constraint failed; the poll is to be dropped.</exception>
    public PollReport Finish(CancellationToken cancellationToken = default)
    {
        if (_expected.Count > 0)
            throw new InvalidOperationException($"The source {_expected[0]} was not read completely.");

        var names = _model.Types.Select(type => type.Name).ToList();
        var collected = _types.OfType<CollectedType>().ToList();
        var parties = collected.Select(type => (type.Changes.Type.Name, type.ConstrainedBy(names, ResolveInConstraint)));
        Fixpoint.Reach([.. parties], cancellationToken);
        foreach (var type in collected)
            type.Compare(cancellationToken);
        for (var i = _types.Length - 1; i >= 0; i--)
            _types[i].Changes.ReportRemoved(cancellationToken);
        _finished = true;
        return new PollReport([.. _types.Select(type => type.Changes.ToReport())]);
    }

    /// <summary>
    /// Keeps the cached entries of a type known that this poll reported as removed: their removal is neither stored nor sent.
    /// </summary>
    public void HoldRemovals(DataType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        _types[type.Index].Changes.HoldsRemovals = true;
    }

    /// <summary>Makes what the poll found the known state: the store has it.</summary>
    public void Commit()
    {
        if (!_finished)
            throw new InvalidOperationException("The poll is not finished.");
        foreach (var type in _types)
            type.Changes.Commit();
    }

    private Value ResolveInFetch(TypeSource source, string name) => name switch
    {
        TemplateVariables.RemoteAttributes => ValueList.Create(source.RemoteAttributes.Select(remote => (Value)remote)),
        TemplateVariables.CachedValues => Value.From(CachedEntriesOf(source.Type)),
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

    private EntriesObject CachedEntriesOf(DataType type) => new(
        $"the cached entries of {type.Name}",
        () => _known.IndexOf(type).Count,
        () => _known.ReadAll(type).Select(content => CachedEntry.Decode(content.Span).All));
}
