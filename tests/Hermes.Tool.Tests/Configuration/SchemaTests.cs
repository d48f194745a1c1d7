using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hermes.TestSupport;
using Hermes.Tool.Configuration;
using Hermes.Tool.Hosting;
using Hermes.Tool.Tests.Mistakes;
using Json.Schema;

namespace Hermes.Tool.Tests.Configuration;

/// <summary>The schema says of a configuration what <c>hermes check</c> says, as far as a schema can.</summary>
public sealed class SchemaTests : IDisposable
{
    private static readonly Lazy<Task<JsonSchema>> Schema = new(async () => JsonSchema.FromText((await ToolHost.DescribeAsync()).ToJsonString()));

    private readonly SettingsFolder _folder = new();

    public static TheoryData<string> Refused =>
    [
        "a setting misspelt", "a setting at the wrong place", "a section misspelt at the top", "a setting of a part misspelt", "a setting of a data type misspelt",
        "a kind misspelt", "a kind of another part", "a kind that is missing", "a time in words", "yes for true", "a number in words", "a choice misspelt", "a list for a text",
        "a text for a section",
        "names for a list", "a list for names", "servers as a list", "a setting of http misspelt", "yes for a dashboard", "an address for a section", "three mistakes at once",
    ];

    [Fact]
    public async Task The_university_of_the_sample_is_accepted() => (await IsAcceptedAsync(RepositoryFiles.Read("samples/QuickStart/hermes.yml"))).Should().BeTrue();

    [Fact]
    public async Task What_init_writes_is_accepted() => (await IsAcceptedAsync(RepositoryFiles.Read("src/Hermes.Tool/Commands/hermes.yml"))).Should().BeTrue();

    [Fact]
    public async Task What_is_on_the_page_is_accepted()
    {
        foreach (var yaml in RepositoryFiles.Read("docs/command.md").Split("```yaml\n").Skip(1).Select(snippet => snippet.Split("```")[0]))
            (await IsAcceptedAsync(yaml)).Should().BeTrue(yaml);
    }

    [Theory]
    [InlineData("Hermes: { Templates: Jinja }")]
    [InlineData("Servers: { a: { PollInterval: '${env:INTERVAL}', InitSyncAtFirstPoll: '${env:FIRST}', RemovalGuard: { MaxPercent: 12.5, MinEntries: '5' } } }")]
    [InlineData("Servers: { a: { Sources: { hr: { Kind: Ldap, Url: 'ldaps://a' }, csv: { Kind: Csv, Path: ., Delimiter: ';' } } } }")]
    [InlineData("Servers: { a: { DataTypes: [ { Key: [ a, b ], Sources: [ { Fetch: { Query: x, Variables: { a: b } }, Mapping: { a: [ b, c ], d: e } } ] } ] } }")]
    public async Task What_is_right_is_accepted_however_it_is_written(string yaml) => (await IsAcceptedAsync(yaml)).Should().BeTrue();

    [Fact]
    public async Task A_configuration_without_a_mistake_is_accepted() => (await IsAcceptedAsync(Mistake.Campus)).Should().BeTrue();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_mistake_is_refused(string name) => (await IsAcceptedAsync(TypicalMistakes.All.Single(mistake => mistake.Name == name).Text())).Should().BeFalse();

    [Fact]
    public async Task Every_kind_knows_its_settings()
    {
        var parts = new List<JsonObject>();
        Collect(await ToolHost.DescribeAsync(), parts);

        parts.Should().HaveCountGreaterThan(15);

        // The log has nothing to set.
        var settable = parts.Where(part => (string?)part["if"]!["properties"]!["Kind"]!["const"] != "Log");
        settable.Should().AllSatisfy(part => part["then"]!["properties"]!.AsObject().Count.Should().BeGreaterThan(1, part.ToJsonString()));
    }

    public void Dispose() => _folder.Dispose();

    private static void Collect(JsonNode? node, List<JsonObject> parts)
    {
        if (node is JsonObject map)
        {
            if (map.ContainsKey("if"))
                parts.Add(map);
            foreach (var (_, value) in map)
                Collect(value, parts);
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
                Collect(item, parts);
        }
    }

    // As an editor reads YAML.
    private static JsonNode? Json(SettingNode node) => node switch
    {
        MapNode map => new JsonObject(map.Items.Select(item => KeyValuePair.Create(item.Name, Json(item.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Json)]),
        TextNode { Text: { } text } => bool.TryParse(text, out var flag) ? flag
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text,
        _ => null,
    };

    private async Task<bool> IsAcceptedAsync(string yaml)
    {
        var findings = new List<Finding>();
        var root = SettingFiles.Read([Path.Combine(_folder.With("a.yml", yaml).Path, "a.yml")], findings);
        findings.Should().BeEmpty();
        using var document = JsonDocument.Parse(Json(root!)!.ToJsonString());
        return (await Schema.Value).Evaluate(document.RootElement).IsValid;
    }
}
