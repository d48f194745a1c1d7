using System.Net;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;

namespace Hermes.AspNetCore.Tests.Dashboard;

public sealed class FormTests : IAsyncLifetime
{
    private CampusHost _host = null!;
    private Browser _browser = null!;

    public async Task InitializeAsync()
    {
        _host = await CampusHost.StartAsync();
        _browser = new Browser(_host);
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_server_is_steered_from_its_page()
    {
        var response = await _browser.SendAsync("servers/campus", "servers/campus/act", ("act", "Pause"), ("reason", "maintenance"));

        (response.StatusCode, response.Headers.Location?.OriginalString).Should().Be((HttpStatusCode.SeeOther, "/hermes/servers/campus"));
        _host.Server.Status.State.Should().Be(RunState.Paused);
        (await _browser.SendAsync("servers/campus", "servers/campus/act", ("act", "Poll"), ("reason", "now"))).StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await _browser.SendAsync("servers/campus", "servers/campus/act", ("act", "Resume"), ("reason", ""))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await _browser.SendAsync("servers/campus", "servers/campus/act", ("act", "7"), ("reason", "a"))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await _browser.SendAsync("servers/campus", "servers/campus/act", ("act", "Resume"), ("reason", "done"))).StatusCode.Should().Be(HttpStatusCode.SeeOther);
        _host.Server.Status.PausedSince.Should().BeNull();
    }

    [Fact]
    public async Task A_client_is_paused_from_its_page()
    {
        (await _browser.SendAsync("clients/portal", "clients/portal/act", ("act", "Pause"), ("reason", "maintenance"))).StatusCode.Should().Be(HttpStatusCode.SeeOther);

        _host.Client.Status.PausedSince.Should().NotBeNull();
        (await _browser.SendAsync("clients/portal", "clients/portal/act", ("act", "Stop"), ("reason", "a"))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await _browser.SendAsync("clients/portal", "clients/portal/act", ("act", "Resume"), ("reason", "a"))).StatusCode.Should().Be(HttpStatusCode.SeeOther);
        _host.Client.Status.PausedSince.Should().BeNull();
    }

    [Fact]
    public async Task Removals_are_decided_by_the_digest_that_the_page_showed()
    {
        var held = await _host.HoldRemovalsAsync();
        (await _browser.LoadAsync("servers/campus")).Should().Contain(held.Digest);

        var refused = await _browser.SendAsync(
            "servers/campus", "servers/campus/decide", ("set", "Users"), ("digest", "0123456789abcdef"), ("decision", "approve"), ("reason", "they left"));
        refused.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("0123456789abcdef").And.Contain(held.Digest);
        (await _browser.SendAsync("servers/campus", "servers/campus/decide", ("set", "Users"), ("digest", held.Digest), ("decision", "perhaps"), ("reason", "a")))
            .StatusCode.Should().Be(HttpStatusCode.BadRequest);

        (await _browser.SendAsync("servers/campus", "servers/campus/decide", ("set", "Users"), ("digest", held.Digest), ("decision", "approve"), ("reason", "they left")))
            .StatusCode.Should().Be(HttpStatusCode.SeeOther);
        _host.Server.Status.Types[0].Entries.Should().Be(5);
        (await _browser.SendAsync("servers/campus", "clients/portal/decide", ("set", "Users"), ("digest", held.Digest), ("decision", "reject"), ("reason", "a")))
            .StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Marked_events_are_retried_and_the_page_of_the_operation_tells_how_that_went()
    {
        var events = (await _host.Client.ListErrorQueueAsync()).Items;
        _host.Target.Recover();

        var response = await _browser.SendAsync(
            "clients/portal/queue", "clients/portal/queue/act", ("mark", $"{events[0].Number}"), ("mark", $"{events[1].Number}"), ("act", "Retry marked"), ("reason", "renewed"));

        response.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        await _host.Client.Operations.Find("1")!.Completion;
        _host.Client.Status.QueuedEvents.Should().Be(CampusHost.Queued - 4);
        (await _browser.LoadAsync(response.Headers.Location!.OriginalString)).Should().ContainAll("Retry of 2 events", "Completed", "local", "renewed");
        (await _browser.SendAsync("clients/portal", "clients/portal/operations/1/cancel", ("reason", "too late"))).StatusCode.Should().Be(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task What_the_filter_of_the_page_means_is_discarded_and_no_more()
    {
        (await _browser.SendAsync("clients/portal/queue?keyPrefix=3", "clients/portal/queue/act", ("keyPrefix", "3"), ("act", "Discard all"), ("reason", "wrong")))
            .StatusCode.Should().Be(HttpStatusCode.SeeOther);
        (await _host.Client.Operations.Find("1")!.Completion).Done.Should().Be(2);

        (await SendQueueAsync(("act", "Discard marked"), ("reason", "wrong"))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await SendQueueAsync(("act", "Burn"), ("reason", "wrong"))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await SendQueueAsync(("mark", "x"), ("act", "Retry marked"), ("reason", "a"))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        _host.Client.Operations.Find("2").Should().BeNull();

        await SendQueueAsync(("act", "Discard all"), ("reason", "all of it"));
        (await _host.Client.Operations.Find("2")!.Completion).Done.Should().Be(8);
    }

    [Fact]
    public async Task Marked_entries_of_the_trashbin_are_purged()
    {
        _host.Users.Remove(20);
        _host.Users.Remove(21);
        await _host.Server.UpdateAsync();
        await _host.Client.WhenCaughtUpAsync();

        (await _browser.SendAsync("clients/portal/trashbin", "clients/portal/trashbin/act", ("mark", "20\r\nUsers"), ("act", "Purge marked"), ("reason", "gone")))
            .StatusCode.Should().Be(HttpStatusCode.SeeOther);
        (await _host.Client.Operations.Find("1")!.Completion).Done.Should().Be(1);
        (await _browser.SendAsync("clients/portal/trashbin", "clients/portal/trashbin/act", ("mark", "21"), ("act", "Purge marked"), ("reason", "gone")))
            .StatusCode.Should().Be(HttpStatusCode.BadRequest);

        await _browser.SendAsync("clients/portal/trashbin", "clients/portal/trashbin/act", ("act", "Purge all"), ("reason", "gone"));
        (await _host.Client.Operations.Find("2")!.Completion).Done.Should().Be(1);
        (await _host.Client.ListTrashbinAsync(new ListQuery { WithTotal = true })).Total.Should().Be(0);
    }

    private Task<HttpResponseMessage> SendQueueAsync(params (string Name, string Value)[] fields) =>
        _browser.SendAsync("clients/portal/queue", "clients/portal/queue/act", fields);
}
