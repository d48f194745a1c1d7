using Hermes.Diff.Model;
using Hermes.Diff.Model.Options;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>Describes a data type in C#.</summary>
public sealed class DataTypeBuilder
{
    private readonly DataTypeOptions _options;
    private readonly List<string> _secrets = [];
    private readonly List<string> _cacheOnly = [];
    private readonly List<string> _local = [];

    internal DataTypeBuilder(DataTypeOptions options) => _options = options;

    /// <summary>The attribute or attributes that tell the entries apart, in order. Every source maps them.</summary>
    public DataTypeBuilder Key(params IEnumerable<string> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        foreach (var attribute in attributes)
            _options.Key.Add(attribute);
        return this;
    }

    /// <summary>Adds a source that entries come from. The order of the sources counts.</summary>
    /// <param name="source">The name of a data source of the server.</param>
    /// <param name="describe">Says what to read and how rows become entries.</param>
    public DataTypeBuilder From(string source, Action<TypeSourceBuilder> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        var options = new TypeSourceOptions { Source = source };
        describe(new TypeSourceBuilder(options));
        _options.Sources.Add(options);
        return this;
    }

    /// <summary>
    /// Attributes that are sent and never written anywhere else, such as passwords. They hold for all sources that map them.
    /// </summary>
    public DataTypeBuilder Secret(params IEnumerable<string> attributes)
    {
        _secrets.AddRange(attributes);
        return this;
    }

    /// <summary>Attributes that are cached, but neither compared nor sent. They hold for all sources that map them.</summary>
    public DataTypeBuilder CacheOnly(params IEnumerable<string> attributes)
    {
        _cacheOnly.AddRange(attributes);
        return this;
    }

    /// <summary>Attributes for templates only: neither cached, compared nor sent. They hold for all sources that map them.</summary>
    public DataTypeBuilder Local(params IEnumerable<string> attributes)
    {
        _local.AddRange(attributes);
        return this;
    }

    /// <summary>What happens when two sources contradict each other. Default: the cached entry stays as it is.</summary>
    public DataTypeBuilder OnMergeConflict(MergeConflictPolicy policy)
    {
        _options.OnMergeConflict = policy;
        return this;
    }

    /// <summary>Tells the clients that an attribute of the key points to an entry of another type.</summary>
    public DataTypeBuilder ForeignKey(string attribute, string parentType, string parentAttribute)
    {
        _options.ForeignKeys[attribute] = new ForeignKeyOptions { Type = parentType, Attribute = parentAttribute };
        return this;
    }

    /// <summary>
    /// An expression over <c>_SELF</c>, <c>&lt;Type&gt;_pkeys</c> and <c>&lt;Type&gt;</c>: an entry for which it is not true is left out.
    /// </summary>
    /// <example><c>{{ _SELF.user_id in Users_pkeys }}</c>.</example>
    public DataTypeBuilder IntegrityConstraint(string expression)
    {
        _options.IntegrityConstraints.Add(expression);
        return this;
    }

    /// <summary>How an entry shows in logs, status and mail: a template over its attributes. Default: <c>&lt;Type[key]&gt;</c>.</summary>
    public DataTypeBuilder DisplayAs(string template)
    {
        _options.ToStringTemplate = template;
        return this;
    }

    internal void Complete()
    {
        Spread(_secrets, source => source.SecretAttributes);
        Spread(_cacheOnly, source => source.CacheOnlyAttributes);
        Spread(_local, source => source.LocalAttributes);
    }

    // A name that no source maps goes to the first one, where the check of the model reports it.
    private void Spread(List<string> attributes, Func<TypeSourceOptions, IList<string>> list)
    {
        foreach (var attribute in attributes.Distinct(StringComparer.Ordinal))
        {
            var mapping = _options.Sources.Where(source => source.Mapping.ContainsKey(attribute)).ToList();
            foreach (var source in mapping.Count > 0 ? mapping : _options.Sources.Take(1))
            {
                if (!list(source).Contains(attribute))
                    list(source).Add(attribute);
            }
        }
    }
}
