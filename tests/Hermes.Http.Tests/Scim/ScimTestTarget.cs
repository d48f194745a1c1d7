using System.Text;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Http.Scim;
using Hermes.Testing.Contracts.Targets;
using Hermes.TestSupport.Servers;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Http.Tests.Scim;

/// <summary>People as users of a SCIM server, and members as resources of a schema of their own.</summary>
internal sealed class ScimTestTarget : IFaultyTestTarget, IReadableTestTarget
{
    private const string Extension = "urn:campus:schemas:2.0:Person";
    private const string MemberSchema = "urn:campus:schemas:2.0:Member";

    private static readonly Dictionary<string, string> Paths = new()
    {
        ["id"] = "externalId",
        ["login"] = "userName",
        ["name"] = "name.formatted",
        ["mail"] = "emails[work]",
        ["jobs"] = "roles[*]",
        ["note"] = "enterprise:department",
        ["age"] = $"{Extension}:age",
        ["code"] = "password",
    };

    private readonly ScimServer _server;
    private readonly ScimWhenTrashed _trashed;
    private readonly List<ScimTarget> _open = [];
    private ScimTestTarget(ScimServer server, ScimWhenTrashed trashed) => (_server, _trashed) = (server, trashed);

    public IClientTarget Target { get; private set; } = null!;

    public IReadableTarget Readable => _open[0];

    public IReadOnlyList<string> Secrets => [ScimServer.Token];

    public bool KeepsTrashed => _trashed != ScimWhenTrashed.Delete;

    public bool MarksTrashed => _trashed == ScimWhenTrashed.Deactivate;

    public static async Task<ScimTestTarget> StartAsync(ScimQuirks? quirks = null, ScimWhenTrashed trashed = ScimWhenTrashed.Deactivate)
    {
        var test = new ScimTestTarget(await ScimServer.StartAsync(quirks), trashed);
        test.Target = await test.StartAsync(test._server.Address);
        return test;
    }

    public IClientTarget Unreachable() => StartAsync($"http://127.0.0.1:{FreePorts.Next()}").GetAwaiter().GetResult();

    public Task<TargetChange> PrepareRefusedAsync() => Task.FromResult<TargetChange>(Added(Person("bad", "Bad", ("mail", "nonsense"), ("code", SecretText))));

    public Task<string> MakeByHandAsync(string type) => Task.FromResult(_server.Add("Users", new JsonObject { ["userName"] = "by.hand" }));

    public string NameOf(string type, string attribute) => Paths[attribute];

    public Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type) => Task.FromResult<IReadOnlyDictionary<EntryKey, Entry>>(type == People
        ? _server.All("Users").Where(user => user["active"]?.ToString().ToUpperInvariant() != "FALSE").Select(PersonOf).ToDictionary(KeyOf)
        : _server.All("Members").Select(MemberOf).ToDictionary(member => EntryKey.Of([member["group"], member["person"]])));

    public Task<bool> HoldsSecretAsync(EntryKey person, string secret) =>
        Task.FromResult(_server.All("Users").Any(user => user["externalId"]!.ToString() == person[0].AsString() && user["password"]?.ToString() == secret));

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(target => target.Dispose());
        await _server.DisposeAsync();
    }

    private static Entry PersonOf(JsonObject user) => Entry.Of(
        ("id", user["externalId"]!.ToString()),
        ("name", user["name"]?["formatted"]?.ToString()),
        ("mail", user["emails"]?.AsArray().Single(mail => mail!["type"]!.ToString() == "work")!["value"]!.ToString()),
        ("jobs", user["roles"] is JsonArray roles ? ValueList.Create(roles.Select(role => (Value)role!["value"]!.ToString())) : null),
        ("note", (user["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] as JsonObject)?["department"]?.ToString()),
        ("age", (user[Extension] as JsonObject)?["age"] is { } age ? (Value)(long)age : Value.Null));

    private static Entry MemberOf(JsonObject member) =>
        Entry.Of(("group", member["group"]!.ToString()), ("person", member["person"]!.ToString()), ("role", member["role"]?.ToString()));

    private static Entry Mapped(string type, Entry entry) => type == People
        ? entry.With("login", "u" + Convert.ToHexString(Encoding.UTF8.GetBytes(entry["id"].AsString())))
        : entry.With("id", $"{entry["group"].AsString().Length}:{entry["group"]}/{entry["person"]}");

    private async Task<IClientTarget> StartAsync(string address)
    {
        var options = new ScimTargetOptions
        {
            Address = address,
            Authentication = HttpAuthentication.Bearer,
            Token = ScimServer.Token,
            Retries = 0,
            BooleansAsText = _server.Quirks.BooleansAsText,
            PageSize = 7,
        };
        var people = options.Resources[People] = new ScimTypeOptions { Endpoint = "Users", WhenExists = ScimWhenExists.Adopt, WhenTrashed = _trashed };
        foreach (var (local, path) in Paths)
            people.Attributes[local] = path;
        options.Resources[Members] = new ScimTypeOptions
        {
            Endpoint = "Members",
            Schema = MemberSchema,
            WhenExists = ScimWhenExists.Adopt,
            Attributes = { ["id"] = "externalId", ["group"] = "group", ["person"] = "person", ["role"] = "role" },
        };
        var target = new ScimTarget(options);
        _open.Add(target);
        string[] more = ["id", "login"];
        await target.StartAsync([.. All.Select(type => type with { Attributes = [.. type.Attributes.Union(more)] })], default);
        return new MappingTarget(target);
    }

    private sealed class MappingTarget(IClientTarget target) : IClientTarget
    {
        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => target.ApplyAsync(
            change switch
            {
                EntryAdded added => added with { Entry = Mapped(added.Type, added.Entry) },
                EntryModified modified => modified with { Entry = Mapped(modified.Type, modified.Entry), Previous = Mapped(modified.Type, modified.Previous) },
                EntryTrashed trashed => trashed with { Entry = Mapped(trashed.Type, trashed.Entry) },
                EntryRecycled recycled => recycled with { Entry = Mapped(recycled.Type, recycled.Entry) },
                EntryRemoved removed => removed with { Previous = Mapped(removed.Type, removed.Previous) },
                _ => throw new NotSupportedException(change.Kind.ToString()),
            },
            context,
            cancellationToken);
    }
}
