using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Source;
using Hermes.Ldap.Syntax;
using Hermes.Runtime.Targets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Ldap.Directories;

/// <summary>Keeps users, groups and memberships of an LDAP directory in step.</summary>
public sealed class DirectoryTarget : IClientTarget, IReadableTarget, IDisposable
{
    private readonly DirectoryTargetOptions _options;
    private readonly ILogger _logger;
    private readonly LdapClient _client;
    private readonly DirectoryWriter _writer;
    private readonly DirectorySchema _schema = new();
    private readonly EntryReaders _readers = new();
    private readonly Dictionary<string, ITypeHandler> _handlers = new(StringComparer.Ordinal);

    /// <summary>Makes a target; it connects when it is first used.</summary>
    public DirectoryTarget(DirectoryTargetOptions options, TimeProvider? time = null, ILogger<DirectoryTarget>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _logger = logger ?? NullLogger<DirectoryTarget>.Instance;
        _client = new LdapClient(options, time ?? TimeProvider.System, _logger);
        _writer = new DirectoryWriter(_client, new ValueChunks(options.ValuesPerRequest), _logger);
    }

    /// <inheritdoc/>
    public bool Handles(string type, TargetChangeKind kind) => _options.Entries.ContainsKey(type) || _options.Memberships.ContainsKey(type);

    /// <inheritdoc/>
    /// <exception cref="HermesConfigurationException">The options do not fit the types of the client; holds all that is wrong.</exception>
    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(types);
        var plan = new TypePlan(types);
        var layouts = new Dictionary<string, EntryLayout>(StringComparer.Ordinal);
        foreach (var (name, options) in _options.Entries)
        {
            if (plan.Find($"Target:Entries:{name}", name) is { } type)
                layouts[name] = new EntryLayout(type, options, options.MembersAttribute, image => CompleteGroup(image, options));
        }

        var locator = new AttributeLocator(_writer, _options.IdentityAttribute, [.. _options.Entries.Values.SelectMany(PlacesOf).Distinct()], _logger);
        var all = new MemberLocator(_writer, locator);
        var memberships = new MembershipPlan(layouts, plan.Errors);
        var places = new List<MemberReference>();
        foreach (var (name, options) in _options.Memberships)
        {
            var path = $"Target:Memberships:{name}";
            if (plan.Find(path, name) is { } type && memberships.Resolve(path, type, options) is { } ends)
            {
                var members = Members(ends.Group.Type, options.LdapAttribute);
                _handlers[name] = new MembershipHandler(options, ends.Group, ends.Member, members, all);
                places.Add(new(ends.Group.Base, members, ends.Member));
            }
        }

        var plans = new ReferencePlan(memberships, plan.Errors, all, Members);
        var lists = new Dictionary<string, IReadOnlyList<(MemberList List, MemberAttribute Attribute, MemberValue Value)>>(StringComparer.Ordinal);
        foreach (var (name, options) in _options.Entries)
        {
            if (!layouts.TryGetValue(name, out var layout))
                continue;
            var listed = ReferencePlan.ListedMembers.Of(options.MembersAttribute, options.MembersType, options.MembersLdapAttribute, options.MembersValue);
            lists[name] = plans.Of($"Target:Entries:{name}", types.First(type => type.Name == name), options, listed);
            places.AddRange(lists[name].Select(list => new MemberReference(layout.Base, list.Attribute, list.Value)));
        }

        plan.ThrowIfWrong();
        foreach (var (name, options) in _options.Entries)
        {
            MemberReference[] toThis = _options.CorrectReferences ? [.. places.Where(place => place.Value.Member.Type == name)] : [];
            var references = new References(toThis, _logger);
            var objects = new EntryObjects(layouts[name], _writer, locator, references.Attributes, _logger);
            var store = new EntryStore(
                layouts[name],
                objects,
                new ObjectNames(layouts[name], objects, _writer, references, [], _logger),
                _writer,
                references,
                new MemberLists([.. lists[name].Select(list => list.List)]),
                new PasswordAttribute(_writer, options.PasswordLdapAttribute));
            _handlers[name] = new EntryHandler(store, TrashMode.Of(options, store));
            string[] ofOthers = [.. memberships.AttributesOf(name), .. lists[name].Select(list => list.Attribute.Name)];
            _readers.Set(name, new EntryReader(_client, _writer, _schema, locator, PlanOf(layouts[name], options, ofOthers, store.Members.Declared)));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(context);
        if (_handlers.TryGetValue(change.Type, out var handler))
            await TargetFailures.TranslateAsync(change, () => handler.ApplyAsync(change, context, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> StepAsideAsync(EntryId entry, string link, CancellationToken cancellationToken) =>
        _handlers.TryGetValue(entry.Type, out var handler) && await handler.StepAsideAsync(link, cancellationToken);

    /// <inheritdoc/>
    public bool CanRead(string type) => _readers.Contains(type);

    /// <summary>The container of the objects. One that is only written otherwise counts as another, since links lead to the objects all the same.</summary>
    public string? PlaceOf(string type) => _readers.PlaceOf(type);

    /// <inheritdoc/>
    public bool MarksTrashed(string type) => _readers.MarkTrashed(type);

    /// <summary>
    /// All objects of a type: those of its object classes below its base and below the container of trashed ones, page by page. <paramref name="also"/> names LDAP attributes.
    /// What lies elsewhere, because an entry has a container of its own or somebody moved it, is found by its link.
    /// </summary>
    /// <exception cref="TargetException">Not all could be read, or an attribute is a secret one, or the schema does not know it.</exception>
    public IAsyncEnumerable<TargetObject> ReadAsync(string type, IReadOnlyList<string> also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(also);
        return _readers.Of(type).ReadAsync(also, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TargetObject?> FindAsync(string type, string link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        return await _readers.Of(type).FindAsync(link, cancellationToken);
    }

    /// <summary>
    /// Whether the directory takes what was read for what it would be given, by the equality rules of the schema, which is known from the first reading on: values have no
    /// order, DNs are compared as DNs, and the case of letters counts where the schema says so.
    /// </summary>
    public bool IsSame(string type, string attribute, Value given, Value held) => _readers.AreSame(type, attribute, given, held);

    private ReadingPlan PlanOf(EntryLayout layout, DirectoryEntryOptions options, IReadOnlyList<string> ofOthers, IReadOnlyList<HeldReference> references)
    {
        var isLocked = options.WhenTrashed == WhenTrashed.Lock;
        return new ReadingPlan(layout, options.WhenTrashed == WhenTrashed.Move ? options.TrashBase : null)
        {
            Passwords = [options.PasswordLdapAttribute, "userPassword"],
            OfOthers = ofOthers,
            References = references,
            Account = _options.BindDn,
            Marks = isLocked ? [.. options.LockAttributes.Keys] : [],
            IsMarked = held => options.LockAttributes.All(mark => MatchingRules.AreSame(
                _schema.EqualityOf(mark.Key), [.. mark.Value.Select(Value.From)], AttributeText.Values(mark.Key, held(mark.Key)))),
        };
    }

    private static IEnumerable<string> PlacesOf(DirectoryEntryOptions options) => new[] { options.Base, options.TrashBase }.OfType<string>();

    private static void CompleteGroup(EntryImage image, DirectoryEntryOptions options)
    {
        if (options.EmptyMember is { } nobody && image[options.MembersLdapAttribute].Count == 0)
            image.SetDefault(options.MembersLdapAttribute, [nobody]);
    }

    private MemberAttribute Members(string groupType, string attribute)
    {
        var group = _options.Entries[groupType];
        var isTheirs = group.MembersLdapAttribute.Equals(attribute, StringComparison.OrdinalIgnoreCase);
        return new MemberAttribute(_writer, attribute, isTheirs && group.EmptyMember is { } nobody ? nobody : (Value?)null);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();
}
