using Hermes.Abstractions.Data;
using Hermes.Diff.Model;
using Hermes.Diff.Model.Options;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>Describes in C# what a data type reads from one of its sources.</summary>
public sealed class TypeSourceBuilder
{
    private readonly TypeSourceOptions _options;

    internal TypeSourceBuilder(TypeSourceOptions options) => _options = options;

    /// <summary>
    /// How merge constraints call this source. Default: the name of the data source. Needed when a type reads the same data source twice.
    /// </summary>
    public TypeSourceBuilder Named(string name)
    {
        _options.Name = name;
        return this;
    }

    /// <summary>What to read: a query in the source's own language; it may be a template.</summary>
    public TypeSourceBuilder Fetch(string query) => Fetch(query, _ => { });

    /// <summary>What to read, with values that the source binds into the query.</summary>
    public TypeSourceBuilder Fetch(string query, Action<OperationBuilder> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        _options.Fetch = new OperationOptions { Query = query };
        describe(new OperationBuilder(_options.Fetch));
        return this;
    }

    /// <summary>Maps an attribute from the remote attribute of the same name.</summary>
    public TypeSourceBuilder Map(string attribute) => Map(attribute, attribute);

    /// <summary>
    /// Maps an attribute from a remote attribute, or from a template that is one whole expression: <c>{{ email | lower }}</c>.
    /// </summary>
    public TypeSourceBuilder Map(string attribute, string remoteOrTemplate)
    {
        _options.Mapping[attribute] = new TextMapping(remoteOrTemplate);
        return this;
    }

    /// <summary>Maps attributes from the remote attributes of the same names.</summary>
    public TypeSourceBuilder MapAll(params IEnumerable<string> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        foreach (var attribute in attributes)
            Map(attribute);
        return this;
    }

    /// <summary>Maps an attribute from several remote attributes, whose set values become a list.</summary>
    public TypeSourceBuilder MapList(string attribute, params IEnumerable<string> remotes)
    {
        _options.Mapping[attribute] = new ListMapping([.. remotes]);
        return this;
    }

    /// <summary>Maps an attribute by a function of one remote attribute, which is <see cref="Value.Null"/> when not set.</summary>
    public TypeSourceBuilder Map(string attribute, string remote, Func<Value, Value> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Map(attribute, [remote], values => function(values[0]));
    }

    /// <summary>Maps an attribute by a function of several remote attributes.</summary>
    public TypeSourceBuilder Map(string attribute, IEnumerable<string> remotes, AttributeFunction function)
    {
        _options.Mapping[attribute] = new FunctionMapping([.. remotes], function);
        return this;
    }

    /// <summary>What to write back to the source after each event of an entry was confirmed by the bus.</summary>
    public TypeSourceBuilder CommitOne(Action<OperationBuilder> describe)
    {
        _options.CommitOne = Describe(describe);
        return this;
    }

    /// <summary>What to write back to the source when all events of the type were confirmed by the bus.</summary>
    public TypeSourceBuilder CommitAll(Action<OperationBuilder> describe)
    {
        _options.CommitAll = Describe(describe);
        return this;
    }

    /// <summary>Attributes that are sent and never written anywhere else, such as passwords.</summary>
    public TypeSourceBuilder Secret(params IEnumerable<string> attributes) => Add(_options.SecretAttributes, attributes);

    /// <summary>Attributes that are cached, but neither compared nor sent.</summary>
    public TypeSourceBuilder CacheOnly(params IEnumerable<string> attributes) => Add(_options.CacheOnlyAttributes, attributes);

    /// <summary>Attributes for templates only: neither cached, compared nor sent.</summary>
    public TypeSourceBuilder Local(params IEnumerable<string> attributes) => Add(_options.LocalAttributes, attributes);

    /// <summary>What the keys must have to do with those of the sources before. Default: nothing.</summary>
    public TypeSourceBuilder Keys(KeyMergeConstraint constraint)
    {
        _options.KeyMergeConstraint = constraint;
        return this;
    }

    /// <summary>What becomes of a poll when the mapping of a row fails. Default: the poll fails.</summary>
    public TypeSourceBuilder OnBadRow(BadRowPolicy policy)
    {
        _options.OnBadRow = policy;
        return this;
    }

    /// <summary>How many rows the source has at least; a read that gives fewer fails, and nothing of it is used. Default: 0, any number will do.</summary>
    public TypeSourceBuilder ExpectAtLeast(long rows)
    {
        _options.ExpectAtLeast = rows;
        return this;
    }

    /// <summary>
    /// An expression over <c>_SELF</c>, <c>&lt;source&gt;</c> and <c>&lt;source&gt;_pkeys</c>: a row for which it is not true is dropped
    /// before the merge.
    /// </summary>
    public TypeSourceBuilder MergeConstraint(string expression) => Add(_options.MergeConstraints, [expression]);

    private static OperationOptions Describe(Action<OperationBuilder> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        var options = new OperationOptions();
        describe(new OperationBuilder(options));
        return options;
    }

    private TypeSourceBuilder Add(IList<string> list, IEnumerable<string> items)
    {
        foreach (var item in items)
            list.Add(item);
        return this;
    }
}
