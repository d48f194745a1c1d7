using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Source;
using Hermes.Ldap.Tests.Servers;
using Hermes.Testing.Contracts.Targets;
using Hermes.TestSupport.Servers;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>A target for the contract suite, in a container of its own; what it holds is read back with the LDAP source.</summary>
internal abstract class LdapTestTarget : IFaultyTestTarget, IReadableTestTarget
{
    /// <summary>The container of what is trashed by a move.</summary>
    protected const string Trash = "trash";

    private readonly LdapAccount _administrator;
    private readonly List<IDisposable> _open = [];
    private IClientTarget _unreachable = null!;

    protected LdapTestTarget(LdapServer server)
    {
        (_administrator, Tree) = (server.Administrator, Subtree.Of(server));
        foreach (var container in new[] { People, Members, Trash })
            Tree.Add($"ou={container}", ("objectClass", "organizationalUnit"));
    }

    public IClientTarget Target { get; private set; } = null!;

    public IReadableTarget Readable => (IReadableTarget)_open[0];

    public IReadOnlyList<string> Secrets => [_administrator.Password];

    protected Subtree Tree { get; }

    public async Task<LdapTestTarget> StartAsync()
    {
        Target = await StartAsync(_administrator);
        _unreachable = await StartAsync(_administrator with { Url = $"{new Uri(_administrator.Url).Scheme}://127.0.0.1:{FreePorts.Next()}" });
        return this;
    }

    public IClientTarget Unreachable() => _unreachable;

    public abstract Task<TargetChange> PrepareRefusedAsync();

    public abstract Task<string> MakeByHandAsync(string type);

    public abstract string NameOf(string type, string attribute);

    public virtual bool KeepsTrashed => true;

    public virtual bool MarksTrashed => KeepsTrashed;

    public virtual IReadOnlyList<string> Distinguishable(IReadOnlyList<string> keys) => keys;

    public async Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type)
    {
        var names = All.Single(known => known.Name == type).Attributes.Where(NamesOf(type).ContainsKey).ToDictionary(attribute => NamesOf(type)[attribute]);
        var options = new LdapSourceOptions
        {
            Url = _administrator.Url,
            CaCertificateFile = _administrator.CaFile,
            BindDn = _administrator.Name,
            Password = _administrator.Password,
            Base = $"ou={type},{Tree.Dn}",
            IntegerAttributes = { NamesOf(People)["age"] },
            ListAttributes = { NamesOf(People)["jobs"] },
        };
        using var source = new LdapSource(options);
        var entries = new Dictionary<EntryKey, Entry>();
        var fetch = new SourceOperation(SourceOperationKind.Fetch, LiveEntries(type), new Dictionary<string, Value>(), [.. names.Keys]);
        await foreach (var row in source.FetchAsync(fetch, CancellationToken.None))
        {
            var entry = Entry.Create(row.Columns.Names.Zip(row.Values.ToArray(), (name, value) => KeyValuePair.Create(names[name], value)));
            entries.Add(type == People ? KeyOf(entry) : EntryKey.Of([entry["group"], entry["person"]]), entry);
        }

        return entries;
    }

    /// <summary>The secret is the password: it opens the directory, or not.</summary>
    public Task<bool> HoldsSecretAsync(EntryKey person, string secret)
    {
        var name = Tree.Find($"ou={People}", NamesOf(People)["id"], person[0].AsString());
        return Task.FromResult(BareConnection.CanOpen(_administrator with { Name = name, Password = secret }));
    }

    // The values of an attribute have no order; the source sorts them.
    public Entry Held(Entry entry) => entry.TryGetValue("jobs", out var jobs)
        ? entry.With("jobs", ValueList.Create(jobs.AsList().OrderBy(job => job.AsString(), StringComparer.Ordinal)))
        : entry;

    public ValueTask DisposeAsync()
    {
        _open.ForEach(target => target.Dispose());
        Tree.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The target, not started.</summary>
    protected abstract IClientTarget Make(LdapAccount account);

    /// <summary>The LDAP names of the attributes of a type: of those of the contract but the secret one, and of those that <see cref="Mapped"/> adds.</summary>
    protected abstract IReadOnlyDictionary<string, string> NamesOf(string type);

    /// <summary>A filter that finds the entries of a type that are not trashed.</summary>
    protected abstract string LiveEntries(string type);

    /// <summary>Adds what the directory needs beside the attributes of the contract, as the mapping of a client does.</summary>
    protected abstract Entry Mapped(string type, Entry entry);

    /// <summary>A name for a member, whose key is a tuple.</summary>
    protected static string NameOf(Entry member)
    {
        var (group, person) = (member["group"].AsString(), member["person"].AsString());
        return $"{group.Length}:{group}/{person}";
    }

    private async Task<IClientTarget> StartAsync(LdapAccount account)
    {
        var target = Make(account);
        _open.Add((IDisposable)target);
        await target.StartAsync([.. All.Select(type => type with { Attributes = [.. NamesOf(type.Name).Keys, .. type.SecretAttributes] })], CancellationToken.None);
        return new MappingTarget(target, Mapped);
    }

    private sealed class MappingTarget(IClientTarget target, Func<string, Entry, Entry> map) : IClientTarget
    {
        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => target.ApplyAsync(
            change switch
            {
                EntryAdded added => added with { Entry = map(added.Type, added.Entry) },
                EntryModified modified => modified with { Entry = map(modified.Type, modified.Entry), Previous = map(modified.Type, modified.Previous) },
                EntryTrashed trashed => trashed with { Entry = map(trashed.Type, trashed.Entry) },
                EntryRecycled recycled => recycled with { Entry = map(recycled.Type, recycled.Entry) },
                EntryRemoved removed => removed with { Previous = map(removed.Type, removed.Previous) },
                _ => throw new NotSupportedException(change.Kind.ToString()),
            },
            context,
            cancellationToken);
    }
}
