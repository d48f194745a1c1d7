using System.Text.Json.Nodes;

namespace Hermes.Tool.Tests.Processes;

/// <summary>The commands that steer a host, as processes beside one that runs.</summary>
public sealed class ControlTests : IAsyncLifetime
{
    private RunningHost _host = null!;

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Status_tells_how_all_are_doing_to_people_and_programs()
    {
        await QueuedAsync();

        var (code, output) = await _host.HermesAsync("status", "--socket", "hermes.sock");

        code.Should().Be(0, output);
        output.Should().NotContain("\u001b").And.MatchRegex(@"(?m)^office +Waiting +3 +0 ").And.MatchRegex(@"(?m)^table +Waiting +1 ");
        var status = await _host.JsonAsync("status");
        ((long)status["servers"]![0]!["entries"]!).Should().Be(3);
        status["clients"]!.AsArray().Select(client => (string)client!["name"]!).Should().Equal("folder", "table");
    }

    [Fact]
    public async Task Status_is_watched_until_the_host_ends()
    {
        await using var watch = HermesProcess.Start(_host.Folder, "status", "--watch", "--json");
        await watch.UntilAsync(() => watch.Output.Contains("\"servers\"", StringComparison.Ordinal), "the first status");

        await _host.HermesAsync("pause", "--server", "office");
        await watch.UntilAsync(() => watch.Output.Contains("\"Paused\"", StringComparison.Ordinal), "the change");
        (await _host.StopAsync()).Code.Should().Be(0, "a stream that somebody reads does not hold the host back");

        var (code, output) = await watch.EndAsync();
        code.Should().Be(69, output);
        output.Trim().Split('\n').SkipLast(1).Should().AllSatisfy(line => JsonNode.Parse(line)!["servers"].Should().NotBeNull());
    }

    [Fact]
    public async Task Who_stops_watching_ends_well()
    {
        await using var watch = HermesProcess.Start(_host.Folder, "status", "--watch");
        await watch.UntilAsync(() => watch.Output.Contains("office", StringComparison.Ordinal), "the first status");

        (await watch.StopAsync()).Code.Should().Be(0);
    }

    [Fact]
    public async Task A_poll_sends_what_has_changed_and_tells_how_much()
    {
        _host.Sql("registry.db", "update people set name = 'Ada King' where id = '1'");

        var result = (await _host.JsonAsync("poll", "--as", "eve"))[0]!;

        ((string?)result["server"], (int)result["modified"]!, result["error"]).Should().Be(("office", 1, null));
        await _host.UntilAsync(() => _host.Cards.Contains("Ada King (1)"), "the change in the target");
        await _host.UntilAsync(() => _host.Output.Contains("eve asks the server office to Poll", StringComparison.Ordinal), "who asked in the log");
    }

    [Fact]
    public async Task A_poll_that_fails_is_a_failure_of_the_command()
    {
        _host.Sql("registry.db", "drop table people");

        var (code, output) = await _host.HermesAsync("poll");

        code.Should().Be(1);
        output.Should().Contain("poll failed").And.Contain("people");
    }

    [Fact]
    public async Task An_initsync_is_sent_when_it_is_asked_for()
    {
        var before = _host.Count("state/bus.db", "hermesmessages");

        (await _host.HermesAsync("initsync")).Should().Be((0, $"server office: initsync is done: 0 added, 0 modified, 0 removed, 0 held{Environment.NewLine}"));

        await _host.UntilAsync(() => _host.Count("state/bus.db", "hermesmessages") >= before + 3, "its messages on the bus");
    }

    [Fact]
    public async Task What_is_paused_does_nothing_until_it_is_resumed()
    {
        (await _host.HermesAsync("pause")).Code.Should().Be(64, "it is not said who");
        var misspelt = await _host.HermesAsync("pause", "--server", "offise");
        misspelt.Code.Should().Be(66);
        misspelt.Output.Should().Contain("Did you mean office?");
        (await _host.HermesAsync("pause", "--server", "office", "--reason", "the registry moves")).Code.Should().Be(0);

        var (code, output) = await _host.HermesAsync("poll");
        code.Should().Be(75);
        output.Should().Contain("The server office is paused.");

        (await _host.JsonAsync("resume", "--all")).AsArray().Should().HaveCount(3);
        (await _host.HermesAsync("poll")).Code.Should().Be(0);
        _host.Output.Should().Contain($"{Environment.UserName} asks the server office to Pause: the registry moves");
    }

    [Fact]
    public async Task An_event_of_the_error_queue_is_listed_shown_and_retried()
    {
        var number = await QueuedAsync();
        var shown = await _host.HermesAsync("queue", "show", number, "--client", "table");
        shown.Code.Should().Be(0, shown.Output);
        shown.Output.Should().MatchRegex(@"(?m)^number +\d+").And.MatchRegex("(?m)^type +Person").And.MatchRegex("(?m)^ +name +Bob");

        var again = await _host.HermesAsync("queue", "retry", number, "--client", "table");
        again.Should().Be((1, $"client table: retry completed: 0 of 1 events{Environment.NewLine}"), "the target refuses it again");
        await QueuedAsync();

        _host.Sql("target.db", "drop table Person; create table Person (id text primary key, name text)");
        var retried = await _host.JsonAsync("queue", "retry", "--client", "table", "--type", "Person", "--text", "constraint");
        ((string?)retried["state"], (int)retried["done"]!).Should().Be(("Completed", 1));
        await _host.UntilAsync(() => _host.Count("target.db", "Person") == 1, "the event at the target");
        (await _host.JsonAsync("queue", "list")).AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task An_event_is_discarded_with_a_reason_and_is_gone()
    {
        var number = await QueuedAsync();

        var (code, output) = await _host.HermesAsync("queue", "discard", number, "--client", "table", "--reason", "Bob has left");

        code.Should().Be(0, output);
        output.Should().Contain("discard completed: 1 of 1 events");
        (await _host.HermesAsync("queue", "list")).Should().Be((0, $"The error queues are empty.{Environment.NewLine}"));
        (await _host.HermesAsync("queue", "discard", number, "--client", "table", "--reason", "Bob has left")).Code.Should().Be(66);
        (await _host.HermesAsync("queue", "show", number, "--client", "table")).Code.Should().Be(66);
        _host.Output.Should().Contain("for the reason: Bob has left");
    }

    [Fact]
    public async Task Held_removals_are_listed_and_decided_by_their_digest()
    {
        _host.Sql("registry.db", "delete from people where id in ('1', '2')");
        await _host.HermesAsync("poll");
        var held = (await _host.JsonAsync("removals", "list")).AsArray().Should().ContainSingle().Subject!;
        var digest = (string)held["digest"]!;
        ((string?)held["server"], (int)held["entries"]!["count"]!).Should().Be(("office", 2));

        (await _host.HermesAsync("removals", "reject", "0123456789abcdef", "--reason", "a test")).Code.Should().Be(66);
        (await _host.HermesAsync("removals", "approve", digest)).Code.Should().Be(64, "no reason is given");
        _host.Cards.Should().HaveCount(3);

        (await _host.HermesAsync("removals", "approve", digest, "--reason", "they have left")).Code.Should().Be(0);
        await _host.UntilAsync(() => _host.Count("target.db", "Person") == 1, "the removals at the target");

        (await _host.HermesAsync("removals", "list")).Output.Should().Contain("No removals are held.");
        var trash = (await _host.JsonAsync("trash", "list")).AsArray();
        trash.Select(item => (string)item!["key"]!).Should().BeEquivalentTo("1", "2");
        (await _host.HermesAsync("trash", "list", "--limit", "1")).Output.Trim().Split('\n').Should().HaveCount(2, "there is a heading, and what was asked for");
    }

    [Fact]
    public async Task Removals_are_rejected_and_stay_so()
    {
        _host.Sql("registry.db", "delete from people where id in ('1', '2')");
        await _host.HermesAsync("poll");
        var digest = (string)(await _host.JsonAsync("removals", "list"))[0]!["digest"]!;

        (await _host.JsonAsync("removals", "reject", digest, "--reason", "the registry is wrong"))["set"]!.ToString().Should().Be("People");

        await _host.HermesAsync("poll");
        (await _host.HermesAsync("removals", "list")).Output.Should().Contain("Rejected");
        _host.Cards.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_message_that_was_set_aside_is_listed()
    {
        (await _host.HermesAsync("dead", "list")).Should().Be((0, $"There are no dead letters.{Environment.NewLine}"));
        _host.Sql("state/bus.db", "insert into hermesmessages (data, timestamp) values ('no message', 1)");

        await _host.UntilAsync(() => _host.Output.Contains("set aside", StringComparison.Ordinal), "the message being set aside");
        var dead = (await _host.JsonAsync("dead", "list", "--client", "folder")).AsArray();

        dead.Should().ContainSingle().Which!["reason"]!.ToString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task All_that_is_known_of_an_entry_is_told()
    {
        await QueuedAsync();

        var (code, output) = await _host.HermesAsync("entry", "People", "2");

        code.Should().Be(0, output);
        output.Should().Contain("server office, the entry as it was last polled:").And.Contain("client folder, the entry as the server sent it:").And.MatchRegex(" name +Bob");
        var local = (await _host.JsonAsync("entry", "Person", "2")).AsArray();
        local.Select(one => $"{one!["client"]} {one["list"]}").Should().Contain("table queue");
        (await _host.HermesAsync("entry", "People", "nobody")).Code.Should().Be(66);
    }

    private async Task<string> QueuedAsync()
    {
        JsonArray queue = [];
        for (var left = 100; left > 0 && queue.Count == 0; left--)
            queue = (await _host.JsonAsync("queue", "list", "--client", "table")).AsArray();
        var queued = queue.Should().ContainSingle().Subject!;
        ((string?)queued["client"], (string?)queued["type"], (string?)queued["key"]).Should().Be(("table", "Person", "2"));
        return queued["number"]!.ToString();
    }
}
