namespace Hermes.Tool.Tests.Processes;

/// <summary>The commands that look ahead, compare and link, as processes beside a host that runs.</summary>
public sealed class ComparisonTests : IAsyncLifetime
{
    private RunningHost _host = null!;

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_plan_tells_what_a_poll_would_send_and_sends_nothing()
    {
        (await _host.HermesAsync("plan")).Code.Should().Be(0);
        _host.Sql("registry.db", "update people set name = 'Ada King' where id = '1'");

        var (code, output) = await _host.HermesAsync("plan");
        var json = await _host.HermesAsync("plan", "--json", "--limit", "0");

        code.Should().Be(2, output);
        output.Should().MatchRegex(@"(?m)^People +0 +1 +0").And.Contain("Ada King");
        json.Output.Should().Contain("\"modifiedCount\": 1").And.NotContain("Ada King");
        _host.Cards.Should().Contain("Ada (1)");
    }

    [Fact]
    public async Task What_somebody_changed_in_a_target_is_found_and_put_right()
    {
        _host.Sql("target.db", "update Person set name = 'Nobody' where id = '1'");

        var (code, output) = await _host.HermesAsync("compare", "Person", "--client", "table");
        var report = (await _host.HermesAsync("compare", "Person", "--client", "table", "--report", "--json")).Output;
        var digest = (string)System.Text.Json.Nodes.JsonNode.Parse(report)!["report"]!["digest"]!;
        var wrong = await _host.HermesAsync("adopt", "Person", "0000", "--client", "table", "--write", "--reason", "a test");
        var right = await _host.HermesAsync("adopt", "Person", digest, "--client", "table", "--write", "--kind", "Differs", "--reason", "put right");

        (await _host.HermesAsync("compare", "Card", "--client", "folder", "--report")).Code.Should().Be(66);
        code.Should().Be(2, output);
        output.Should().MatchRegex(@"(?m) Differs +1 .*name").And.Contain($"Digest: {digest}");
        wrong.Code.Should().Be(75, wrong.Output);
        right.Code.Should().Be(0, right.Output);
        right.Output.Should().StartWith("client table: 1 rows are done or wait in the error queue to be done; 0 were left out");
        await _host.UntilAsync(() => (string?)_host.Sql("target.db", "select name from Person where id = '1'") == "Ada", "the name in the target");
        (await _host.HermesAsync("adopt", "Person", digest, "--client", "table", "--reason", "what?")).Code.Should().Be(64);
        (await _host.HermesAsync("compare", "Nobody", "--client", "table")).Code.Should().Be(1);
    }

    [Fact]
    public async Task Links_are_listed_set_and_forgotten()
    {
        (await _host.JsonAsync("links", "list", "Card", "--client", "folder")).AsArray().Should().HaveCount(3);

        (await _host.HermesAsync("links", "set", "Card", "\"1\"", "another.json", "--client", "folder", "--reason", "by hand")).Code.Should().Be(0);
        var changed = await _host.JsonAsync("links", "list", "Card", "--client", "folder", "--key", "\"1\"");
        (await _host.HermesAsync("links", "cut", "Card", "\"1\"", "--client", "folder", "--reason", "by mistake")).Code.Should().Be(0);
        var refused = await _host.HermesAsync("links", "set", "Card", "nobody", "x.json", "--client", "folder", "--reason", "by hand");

        ((string?)changed[0]!["link"]).Should().Be("another.json");
        refused.Code.Should().Be(1);
        refused.Output.Should().Contain("is refused");
        (await _host.HermesAsync("links", "cut", "Card", "\"1\"", "--client", "folder", "--reason", "again")).Code.Should().Be(66);
    }
}
