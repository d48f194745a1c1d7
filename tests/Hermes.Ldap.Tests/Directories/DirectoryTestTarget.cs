using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Contracts.Servers;
using Hermes.Contracts.Targets;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Source;
using Hermes.Ldap.Tests.Servers;
using static Hermes.Contracts.Targets.ContractTypes;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>
/// A directory target for the contract suite. Entries are named by <c>labeledURI</c>, which tells upper from lower case, as the keys of the suite ask
/// for; what it holds is read back with the LDAP source.
/// </summary>
internal sealed class DirectoryTestTarget : IFaultyTestTarget
{
    private static readonly Dictionary<string, Dictionary<string, string>> LdapNames = new()
    {
        [People] = new()
        {
            ["id"] = "labeledURI",
            ["name"] = "displayName",
            ["note"] = "v",
            ["age"] = "id",
            ["jobs"] = "description",
            ["code"] = "carLicense",
        },
        [Members] = new() { ["group"] = "employeeType", ["person"] = "departmentNumber", ["role"] = "title", ["uri"] = "labeledURI" },
    };

    private readonly SlapdServer _server;
    private readonly Subtree _tree;
    private readonly List<IDisposable> _open = [];

    private DirectoryTestTarget(SlapdServer server) => (_server, _tree) = (server, Subtree.Of(server));

    public IClientTarget Target { get; private set; } = null!;

    public IReadOnlyList<string> Secrets => [SlapdServer.AdminPassword];

    public static async Task<DirectoryTestTarget> MakeAsync(SlapdServer server)
    {
        var test = new DirectoryTestTarget(server);
        foreach (var container in new[] { People, Members })
            test._tree.Add($"ou={container}", ("objectClass", "organizationalUnit"));
        test.Target = await test.StartAsync(server.Url);
        return test;
    }

    public IClientTarget Unreachable() => StartAsync($"ldap://127.0.0.1:{FreePorts.Next()}").GetAwaiter().GetResult();

    // The syntax of mail has no accents.
    public Task<TargetChange> PrepareRefusedAsync() => Task.FromResult<TargetChange>(Added(Person("bad", "Bad", ("mail", "é"), ("code", SecretText))));

    public async Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type)
    {
        var options = new LdapSourceOptions
        {
            Url = _server.Url,
            BindDn = SlapdServer.AdminDn,
            Password = SlapdServer.AdminPassword,
            Base = $"ou={type},{_tree.Dn}",
            IntegerAttributes = { "id" },
            ListAttributes = { "description" },
        };
        using var source = new LdapSource(options);
        var names = LdapNames[type].Where(pair => pair.Key != "uri").Append(new("mail", "mail")).ToDictionary(pair => pair.Value, pair => pair.Key);
        var entries = new Dictionary<EntryKey, Entry>();
        var fetch = new SourceOperation(SourceOperationKind.Fetch, "(objectClass=extensibleObject)", new Dictionary<string, Value>(), [.. names.Keys]);
        await foreach (var row in source.FetchAsync(fetch, CancellationToken.None))
        {
            var entry = Entry.Create(row.Columns.Names.Zip(row.Values.ToArray(), (name, value) => KeyValuePair.Create(names[name], value)));
            entries.Add(type == People ? KeyOf(entry) : EntryKey.Of([entry["group"], entry["person"]]), entry);
        }

        return entries;
    }

    // The values of an attribute have no order; the source sorts them.
    public Entry Held(Entry entry) => entry.TryGetValue("jobs", out var jobs)
        ? entry.With("jobs", ValueList.Create(jobs.AsList().OrderBy(job => job.AsString(), StringComparer.Ordinal)))
        : entry;

    public ValueTask DisposeAsync()
    {
        _open.ForEach(target => target.Dispose());
        _tree.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<IClientTarget> StartAsync(string url)
    {
        var options = new DirectoryTargetOptions { Url = url, BindDn = SlapdServer.AdminDn, Password = SlapdServer.AdminPassword };
        foreach (var (type, names) in LdapNames)
        {
            var entries = options.Entries[type] = new DirectoryEntryOptions
            {
                Base = $"ou={type},{_tree.Dn}",
                DnAttribute = "labeledURI",
                ObjectClasses = { "device", "extensibleObject" },
                Defaults = { ["cn"] = ["any"] },
            };
            foreach (var (local, ldap) in names)
                entries.Rename[local] = ldap;
        }

        var target = new DirectoryTarget(options);
        _open.Add(target);
        await target.StartAsync([.. All.Select(type => type.Name == Members ? type with { Attributes = type.Attributes.Add("uri") } : type)], CancellationToken.None);
        return new Mapped(target);
    }

    /// <summary>Gives members one attribute as their name, as the mapping of a client does.</summary>
    private sealed class Mapped(IClientTarget target) : IClientTarget
    {
        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => target.ApplyAsync(
            change switch
            {
                EntryAdded { Type: Members } added => added with { Entry = Named(added.Entry) },
                EntryRemoved { Type: Members } removed => removed with { Previous = Named(removed.Previous) },
                _ => change,
            },
            context,
            cancellationToken);

        private static Entry Named(Entry member)
        {
            var (group, person) = (member["group"].AsString(), member["person"].AsString());
            return member.With("uri", $"{group.Length}:{group}/{person}");
        }
    }
}
