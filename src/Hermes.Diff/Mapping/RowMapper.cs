using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Mapping;

/// <summary>
/// Turns the rows of one source into values of the type's attributes. Where the columns stand is worked out once per read.
/// </summary>
internal sealed class RowMapper
{
    private readonly TypeSource _source;
    private readonly ImmutableArray<AttributeMapping> _keyMappings;
    private readonly ImmutableArray<AttributeMapping> _otherMappings;
    private readonly Value[] _scratch;
    private readonly int[] _slots;
    private RowColumns? _columns;

    public RowMapper(TypeSource source)
    {
        _source = source;
        _keyMappings = [.. source.Mappings.Where(mapping => source.Type.KeyIndexes.Contains(mapping.Target))];
        _otherMappings = source.Mappings.RemoveRange(_keyMappings);
        _slots = new int[source.RemoteAttributes.Length];
        _scratch = new Value[source.RemoteAttributes.Length + 1];
        NeedsCachedEntry = _otherMappings.Any(mapping => mapping.NeedsCachedEntry);
    }

    /// <summary>Whether <see cref="MapOthers"/> wants the cached entry.</summary>
    public bool NeedsCachedEntry { get; }

    /// <summary>Computes the attributes of the key, and checks that each is a set scalar.</summary>
    /// <exception cref="EvaluationException">The key cannot be computed.</exception>
    public void MapKey(SourceRow row, Span<Value> values)
    {
        if (!ReferenceEquals(row.Columns, _columns))
            FindColumns(row.Columns);
        if (row.Values.Length != row.Columns.Count)
        {
            throw new EvaluationException(
                $"a row has {row.Values.Length} values and {row.Columns.Count} columns. The data source is at fault.",
                new(_source.Type.Name, _source.Name));
        }

        Map(_keyMappings, row, values, Value.Null, knowsKey: false);
        foreach (var index in _source.Type.KeyIndexes)
        {
            if (!values[index].IsScalar)
                throw NoKey(values[index], index);
        }
    }

    /// <summary>Computes the attributes that are not of the key.</summary>
    /// <exception cref="EvaluationException">One of them cannot be computed.</exception>
    public void MapOthers(SourceRow row, Span<Value> values, Value cached) => Map(_otherMappings, row, values, cached, knowsKey: true);

    private void Map(ImmutableArray<AttributeMapping> mappings, SourceRow row, Span<Value> values, Value cached, bool knowsKey)
    {
        var mapped = new MappedRow { Values = row.Values, Slots = _slots, Scratch = _scratch, Cached = cached };
        var current = 0;
        try
        {
            for (; current < mappings.Length; current++)
            {
                var mapping = mappings[current];
                var value = mapping.Compute(mapped);
                ValueSize.Check(value, _source.MaxValueLength);
                values[mapping.Target] = value.TryGetString(out _) ? value : MappedValue.Normalize(value, _source.TruncateDateTimes);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            throw Failure(mappings[current], knowsKey ? _source.Type.KeyOf(values).ToString() : null, e);
        }
    }

    private void FindColumns(RowColumns columns)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i] = columns.IndexOf(_source.RemoteAttributes[i]);
            if (_slots[i] < 0)
            {
                throw new EvaluationException(
                    $"the source does not return '{_source.RemoteAttributes[i]}', which the mapping reads. It returns: "
                    + $"{string.Join(", ", columns.Names.Take(50))}. Correct the query or the mapping.",
                    new(_source.Type.Name, _source.Name));
            }
        }

        _columns = columns;
    }

    private EvaluationException NoKey(Value value, int index)
    {
        var problem = value.IsNull ? "is not set" : $"is a {value.Kind.ToString().ToLowerInvariant()}, where only a single value can be";
        return new EvaluationException(
            $"a row has no key: '{_source.Type.Attributes[index].Name}' {problem}. Leave such rows out in the query, or correct the data.",
            new(_source.Type.Name, _source.Name, Attribute: _source.Type.Attributes[index].Name));
    }

    // A function or filter may put the value it worked on into its message: where that may be a secret, only the kind of the exception is
    // told.
    private EvaluationException Failure(AttributeMapping mapping, string? key, Exception cause)
    {
        var mayShow = !ReadsSecrets(mapping);
        var problem = cause switch
        {
            UnfitValueException => $"the value cannot be used: {cause.Message}. Correct the mapping or the data.",
            TemplateException e when mayShow => e.Message,
            TemplateException e => $"the template failed (line {e.Line}, column {e.Column}).",
            _ when mayShow => $"the mapping failed: {cause.Message}",
            _ => $"the mapping failed ({cause.GetType().Name}).",
        };
        var attribute = _source.Type.Attributes[mapping.Target].Name;
        var place = new EvaluationPlace(_source.Type.Name, _source.Name, key, attribute, mapping.Template);
        return new EvaluationException(problem, place, mayShow ? cause : null);
    }

    /// <summary>Whether a mapping makes a secret, or reads what a secret is made of.</summary>
    private bool ReadsSecrets(AttributeMapping mapping) => _source.Mappings
        .Where(candidate => _source.Type.Attributes[candidate.Target].IsSensitive)
        .Any(secret => secret == mapping || secret.Remotes.Intersect(mapping.Remotes).Any());
}
