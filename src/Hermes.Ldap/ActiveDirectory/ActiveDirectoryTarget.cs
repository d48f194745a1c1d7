using System.Globalization;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Source;
using Hermes.Runtime.Targets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>Keeps users, groups and memberships of a domain of Active Directory in step.</summary>
public sealed class ActiveDirectoryTarget : IClientTarget, IReadableTarget, IDisposable
{
    private readonly ActiveDirectoryTargetOptions _options;
    private readonly ILogger _logger;
    private readonly LdapClient _client;
    private readonly DirectoryWriter _writer;
    private readonly GuidLocator _locator;
    private readonly DirectorySchema _schema = new();
    private readonly EntryReaders _readers = new();
    private readonly Dictionary<string, ITypeHandler> _handlers = new(StringComparer.Ordinal);

    /// <summary>Makes a target; it connects when it is first used.</summary>
    public ActiveDirectoryTarget(ActiveDirectoryTargetOptions options, TimeProvider? time = null, ILogger<ActiveDirectoryTarget>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _logger = logger ?? NullLogger<ActiveDirectoryTarget>.Instance;
        _client = new LdapClient(options, time ?? TimeProvider.System, _logger);
        _writer = new DirectoryWriter(_client, new ValueChunks(options.ValuesPerRequest), _logger);
        _locator = new GuidLocator(_writer);
    }

    /// <inheritdoc/>
    public bool Handles(string type, TargetChangeKind kind) =>
        _options.Users.ContainsKey(type) || _options.Groups.ContainsKey(type) || _options.Memberships.ContainsKey(type);

    /// <inheritdoc/>
    /// <exception cref="HermesConfigurationException">The options do not fit the types of the client; holds all that is wrong.</exception>
    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(types);
        var plan = new TypePlan(types);
        var layouts = new Dictionary<string, EntryLayout>(StringComparer.Ordinal);
        foreach (var (name, options) in _options.Users)
        {
            if (plan.Find($"Target:Users:{name}", name) is { } type)
                layouts[name] = new EntryLayout(type, options, options.AccountFlagsAttribute, image => CompleteAccount(image, options));
        }

        foreach (var (name, options) in _options.Groups)
        {
            if (plan.Find($"Target:Groups:{name}", name) is { } type)
                layouts[name] = new EntryLayout(type, options, options.MembersAttribute, image => CompleteGroup(image, options));
        }

        var all = new MemberLocator(_writer, _locator);
        var memberships = new MembershipPlan(layouts, plan.Errors);
        foreach (var (name, options) in _options.Memberships)
        {
            var path = $"Target:Memberships:{name}";
            if (plan.Find(path, name) is { } type && memberships.Resolve(path, type, options) is { } ends)
                _handlers[name] = new MembershipHandler(options, ends.Group, ends.Member, new MemberAttribute(_writer, options.LdapAttribute, null), all);
        }

        var plans = new ReferencePlan(memberships, plan.Errors, all, (_, attribute) => new MemberAttribute(_writer, attribute, null));
        MemberLists ListsOf(string path, string name, EntryMappingOptions options, ReferencePlan.ListedMembers? listed) =>
            types.FirstOrDefault(type => type.Name == name) is { } type ? new([.. plans.Of(path, type, options, listed).Select(list => list.List)]) : MemberLists.None;
        var ofUsers = _options.Users.ToDictionary(user => user.Key, user => ListsOf($"Target:Users:{user.Key}", user.Key, user.Value, null));
        var ofGroups = _options.Groups.ToDictionary(
            group => group.Key,
            group => ListsOf(
                $"Target:Groups:{group.Key}",
                group.Key,
                group.Value,
                ReferencePlan.ListedMembers.Of(group.Value.MembersAttribute, group.Value.MembersType, "member", null)));

        plan.ThrowIfWrong();
        foreach (var (name, options) in _options.Users)
        {
            var passwords = new UnicodePassword(_writer, RandomPassword.Of(options));
            var store = new AccountStore(options, Store(layouts[name], ofUsers[name], passwords), _writer, passwords, new Logins(_writer, _locator));
            _handlers[name] = new AccountHandler(store, AccountTrash.Of(options, store));
            _readers.Set(name, new EntryReader(_client, _writer, _schema, _locator, ReadingPlans.Of(layouts[name], options, ofUsers[name].Declared)));
        }

        foreach (var (name, options) in _options.Groups)
        {
            var store = Store(layouts[name], ofGroups[name], null);
            _handlers[name] = new EntryHandler(store, TrashMode.Of(options.WhenTrashed, options.TrashBase, store));
            var reading = ReadingPlans.Of(layouts[name], options, memberships.AttributesOf(name), ofGroups[name].Declared);
            _readers.Set(name, new EntryReader(_client, _writer, _schema, _locator, reading));
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
    /// Whether the domain takes what was read for what it would be given, by the syntaxes of the schema, which is known from the first reading on: values have no order, DNs
    /// are compared as DNs, and the case of letters counts where the schema says so.
    /// </summary>
    public bool IsSame(string type, string attribute, Value given, Value held) => _readers.AreSame(type, attribute, given, held);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    // The domain controller corrects members of groups itself.
    private EntryStore Store(EntryLayout layout, MemberLists members, UnicodePassword? passwords)
    {
        var references = new References([], _logger);
        var objects = new EntryObjects(layout, _writer, _locator, Logins.Names, _logger);
        return new(layout, objects, new ObjectNames(layout, objects, _writer, references, Logins.Names, _logger), _writer, references, members, passwords);
    }

    private static void CompleteAccount(EntryImage image, AccountOptions options)
    {
        if (options.UpnSuffix is { } suffix && image["userPrincipalName"].Count == 0 && image["sAMAccountName"] is [var login])
            image["userPrincipalName"] = [$"{login}@{suffix.TrimStart('@')}"];
    }

    private static void CompleteGroup(EntryImage image, GroupOptions options)
    {
        if (image["sAMAccountName"].Count == 0)
            image["sAMAccountName"] = image["cn"];

        // For a group that is made. One that is there keeps its own: another kind takes away rights, or gives them.
        image.SetDefault("groupType", [((int)options.GroupKind).ToString(CultureInfo.InvariantCulture)]);
    }
}

/// <summary>Applies the changes of a data type whose entries are user accounts.</summary>
internal sealed class AccountHandler(AccountStore store, AccountTrash trash) : ITypeHandler
{
    /// <inheritdoc/>
    public Task ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => change switch
    {
        EntryAdded added => store.AddAsync(added.Entry, context, cancellationToken),
        EntryModified modified => store.ChangeAsync(modified, context, cancellationToken),
        EntryTrashed trashed => trash.TrashAsync(trashed.Key, trashed.Entry, context, cancellationToken),
        EntryRecycled recycled => trash.RecycleAsync(recycled.Key, recycled.Becomes, context, cancellationToken),
        EntryRemoved removed => trash.RemoveAsync(removed.Key, removed.Previous, context, cancellationToken),
        _ => throw new NotSupportedException($"The change {change.Kind} is unknown."),
    };

    /// <inheritdoc/>
    public Task<bool> StepAsideAsync(string link, CancellationToken cancellationToken) => store.Entries.Names.StepAsideAsync(link, cancellationToken);
}
