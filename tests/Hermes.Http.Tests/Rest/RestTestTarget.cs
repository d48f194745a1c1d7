using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Http.Rest;
using Hermes.Http.Source;
using Hermes.Templates;
using Hermes.Testing.Contracts.Targets;
using Hermes.TestSupport.Servers;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Http.Tests.Rest;

/// <summary>People and members as objects of a web service: of the server of the tests, or of json-server.</summary>
internal sealed class RestTestTarget : IFaultyTestTarget, IReadableTestTarget
{
    private static readonly Dictionary<string, string> Pointers = new()
    {
        ["id"] = "/key",
        ["name"] = "/name",
        ["mail"] = "/contact/mail",
        ["age"] = "/age",
        ["jobs"] = "/jobs",
        ["note"] = "/note",
        ["code"] = "/code",
    };

    private readonly RestServer? _server;
    private readonly HttpClient _client = new();
    private readonly string _people;
    private readonly string _members;
    private readonly List<RestTarget> _open = [];
    private RestTestTarget(RestServer? server, string address, string people, string members) => (_server, Address, _people, _members) = (server, address, people, members);

    public IClientTarget Target { get; private set; } = null!;

    public IReadOnlyList<string> Secrets => [RestServer.Token];

    public bool KeepsTrashed { get; private set; }

    private string Address { get; }

    public static async Task<RestTestTarget> StartAsync(bool keepsTrashed = false, string method = "PUT", bool searches = true)
    {
        var server = await RestServer.StartAsync();
        var test = new RestTestTarget(server, server.Address, "people", "members");
        await test.StartAsync(keepsTrashed, method, options =>
        {
            (options.Items, options.Paging, options.PagingParameter, options.Proof, options.TotalPointer) = ("/items", HttpPaging.Offset, "offset", ReadProof.Total, "/total");
            if (!searches)
                return;
            options.Resources[People].Search = "people?key={{ id }}";
            options.Resources[Members].Search = "members?group={{ group }}&person={{ person }}";
        });
        return test;
    }

    public static async Task<RestTestTarget> StartAsync(JsonServer server, bool keepsTrashed, string method)
    {
        var test = new RestTestTarget(null, server.Address, server.NextCollection(), server.NextCollection());
        await test.StartAsync(keepsTrashed, method, options =>
        {
            (options.Paging, options.Proof, options.TotalHeader) = (HttpPaging.Link, ReadProof.Total, "X-Total-Count");
            (options.Resources[People].List, options.Resources[Members].List) = ($"{test._people}?_page=1&_limit=7", $"{test._members}?_page=1&_limit=7");
            options.Resources[People].Search = test._people + "?key={{ id }}";
        });
        return test;
    }

    public IClientTarget Unreachable() => MakeAsync($"http://127.0.0.1:{FreePorts.Next()}", false, "PUT", _ => { }).GetAwaiter().GetResult();

    public Task<TargetChange> PrepareRefusedAsync() => Task.FromResult<TargetChange>(Added(Person("bad", "refused", ("code", SecretText))));

    public async Task<string> MakeByHandAsync(string type)
    {
        var made = new JsonObject { ["name"] = "by hand" };
        if (_server is not null)
            return $"{type}/{_server.Add(CollectionOf(type), made)}";
        using var answer = await _client.PostAsync(new Uri($"{Address}/{CollectionOf(type)}"), JsonContent.Create(made));
        return $"{type}/{JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]}";
    }

    public string NameOf(string type, string attribute) => type == People ? Pointers[attribute] : $"/{attribute}";

    public async Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type)
    {
        var all = await AllAsync(type);
        return type == People
            ? all.Where(item => item["active"]?.GetValue<bool>() != false).Select(PersonOf).ToDictionary(KeyOf)
            : all.Select(MemberOf).ToDictionary(member => EntryKey.Of([member["group"], member["person"]]));
    }

    public async Task<bool> HoldsSecretAsync(EntryKey person, string secret) =>
        (await AllAsync(People)).Any(item => item["key"]?.ToString() == person[0].AsString() && item["code"]?.ToString() == secret);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _open.ForEach(target => target.Dispose());
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private string CollectionOf(string type) => type == People ? _people : _members;

    private async Task<IReadOnlyList<JsonObject>> AllAsync(string type) => _server is not null
        ? _server.All(CollectionOf(type))
        : [.. JsonNode.Parse(await _client.GetStringAsync(new Uri($"{Address}/{CollectionOf(type)}")))!.AsArray().OfType<JsonObject>()];

    private static Entry PersonOf(JsonObject item) => Entry.Create(Pointers.Where(pair => pair.Key != "code").Select(pair => KeyValuePair.Create(
        pair.Key, ValueOf(pair.Key == "mail" ? item["contact"]?["mail"] : item[pair.Value[1..]]))));

    private static Entry MemberOf(JsonObject item) => Entry.Of(("group", ValueOf(item["group"])), ("person", ValueOf(item["person"])), ("role", ValueOf(item["role"])));

    private static Value ValueOf(JsonNode? node) => node is null ? Value.Null : PlainJson.Read(JsonSerializer.SerializeToElement(node));

    private async Task StartAsync(bool keepsTrashed, string method, Action<RestTargetOptions> configure)
    {
        KeepsTrashed = keepsTrashed;
        Target = await MakeAsync(Address, keepsTrashed, method, configure);
    }

    private async Task<IClientTarget> MakeAsync(string address, bool keepsTrashed, string method, Action<RestTargetOptions> configure)
    {
        var options = new RestTargetOptions
        {
            Address = address,
            Authentication = HttpAuthentication.Bearer,
            Token = RestServer.Token,
            Retries = 0,
            IdempotencyHeader = "Idempotency-Key",
        };
        var people = options.Resources[People] = new RestTypeOptions { Path = _people, WhenExists = RestWhenExists.Adopt, Modify = $"{method} {_people}/{{{{ _ID }}}}" };
        foreach (var (local, pointer) in Pointers)
            people.Attributes[local] = pointer;
        if (keepsTrashed)
        {
            (people.Trash, people.TrashBody) = ($"PATCH {_people}/{{{{ _ID }}}}", """{"active": false}""");
            (people.Recycle, people.RecycleBody) = ($"PATCH {_people}/{{{{ _ID }}}}", """{"active": true}""");
            people.TrashedPointer = "/active";
        }

        options.Resources[Members] = new RestTypeOptions
        {
            Path = _members,
            WhenExists = RestWhenExists.Adopt,
            Attributes = { ["group"] = "/group", ["person"] = "/person", ["role"] = "/role" },
        };
        configure(options);
        var target = new RestTarget(options, new JinjaTemplateEngine());
        _open.Add(target);
        await target.StartAsync(All, default);
        return target;
    }
}
