namespace Hermes.ClientRuntime.Configuration;

/// <summary>Declares a data type of a client.</summary>
public sealed class ClientTypeBuilder
{
    private readonly ClientTypeOptions _options;

    internal ClientTypeBuilder(ClientTypeOptions options) => _options = options;

    /// <summary>The type of the server that feeds this one.</summary>
    public ClientTypeBuilder From(string remoteType)
    {
        _options.From = remoteType;
        return this;
    }

    /// <summary>Takes over a remote attribute under its own name.</summary>
    public ClientTypeBuilder Map(string attribute) => Map(attribute, attribute);

    /// <summary>Takes over remote attributes under their own names.</summary>
    public ClientTypeBuilder MapAll(params ReadOnlySpan<string> attributes)
    {
        foreach (var attribute in attributes)
            Map(attribute);
        return this;
    }

    /// <summary>Makes a local attribute of a remote one, or by a template: <c>Map("display", "{{ first ~ ' ' ~ last }}")</c>.</summary>
    public ClientTypeBuilder Map(string attribute, string mapping)
    {
        _options.Mapping[attribute] = mapping;
        return this;
    }

    /// <summary>
    /// Says that a local attribute holds the key of an entry of a local type (which may be this one): for a key of several parts, a list of them in the order of the key. The
    /// target gets it as soon as it has that entry; the rest is written before.
    /// </summary>
    public ClientTypeBuilder Reference(string attribute, string type)
    {
        _options.Reference[attribute] = type;
        return this;
    }

    /// <summary>As <see cref="Reference"/>, for an attribute that holds a list of keys.</summary>
    public ClientTypeBuilder References(string attribute, string type)
    {
        _options.References[attribute] = type;
        return this;
    }

    /// <summary>Says when removals of its entries that come from one cause wait for approval, instead of what the client says.</summary>
    public ClientTypeBuilder GuardRemovals(Action<ClientRemovalGuardOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(_options.RemovalGuard ??= new ClientRemovalGuardOptions());
        return this;
    }

    /// <summary>Lets the mapping read attributes that the server does not send yet.</summary>
    public ClientTypeBuilder MayComeLater()
    {
        _options.MayComeLater = true;
        return this;
    }

    /// <summary>
    /// Tells which object of the target is that of an entry, after the rules said before: <c>CorrelateBy("employeeNumber", "id")</c>, or a template over the local
    /// attributes in place of the second.
    /// </summary>
    public ClientTypeBuilder CorrelateBy(string targetAttribute, string value)
    {
        _options.Correlate.Add(new CorrelationOptions { Attribute = targetAttribute, Value = value });
        return this;
    }

    /// <summary>Says what becomes of local attributes that somebody else changes on the target.</summary>
    public ClientTypeBuilder Policy(AttributePolicy policy, params ReadOnlySpan<string> attributes)
    {
        foreach (var attribute in attributes)
            _options.Policies[attribute] = policy;
        return this;
    }

    /// <summary>Says what becomes of objects of the target that are no entry's.</summary>
    public ClientTypeBuilder Unmanaged(UnmanagedPolicy policy)
    {
        _options.Unmanaged = policy;
        return this;
    }

    /// <summary>Compares the entries with the target every so often, with so many objects a second at most; 0 for as many as the target tells.</summary>
    public ClientTypeBuilder CompareEvery(TimeSpan interval, int rate = 0)
    {
        (_options.CompareEvery, _options.CompareRate) = (interval, rate);
        return this;
    }

    /// <summary>Says how an entry shows in logs, status and mail: a template over the local attributes.</summary>
    public ClientTypeBuilder DisplayAs(string template)
    {
        _options.Display = template;
        return this;
    }
}
