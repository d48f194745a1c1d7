using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Runtime.Control;

namespace Hermes.AspNetCore.Tests.Api;

public sealed class ActionTests : IAsyncLifetime
{
    private CampusHost _host = null!;

    public async Task InitializeAsync() => _host = await CampusHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_server_polls_with_who_and_why_in_the_log()
    {
        _host.Users.Add(31, "user31", "User 31", CampusHost.Secret);

        var result = await (await PostAsync("servers/campus/poll", new { reason = "somebody new" })).ReadJsonAsync();

        result.GetProperty("added").GetInt32().Should().Be(1);
        _host.Log.Lines.Should().Contain(line => line.Contains("local asks the server campus to Poll: somebody new", StringComparison.Ordinal));
        (await (await PostAsync("servers/campus/initsync", new { reason = "a new client" })).ReadJsonAsync()).GetProperty("succeeded").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task A_server_is_paused_and_resumed()
    {
        (await PostAsync("servers/campus/pause", new { reason = "maintenance" })).StatusCode.Should().Be(HttpStatusCode.NoContent);
        _host.Server.Status.State.Should().Be(RunState.Paused);
        var problem = await (await PostAsync("servers/campus/poll", new { reason = "now" })).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        problem.GetProperty("detail").GetString().Should().Contain("paused");

        (await PostAsync("servers/campus/resume", new { reason = "done" })).StatusCode.Should().Be(HttpStatusCode.NoContent);
        _host.Server.Status.PausedSince.Should().BeNull();
    }

    [Fact]
    public async Task A_client_is_paused_and_resumed()
    {
        (await PostAsync("clients/portal/pause", new { reason = "maintenance" })).StatusCode.Should().Be(HttpStatusCode.NoContent);
        _host.Client.Status.PausedSince.Should().NotBeNull();
        await (await PostAsync("clients/portal/retry", new { reason = "now", all = true })).ShouldBeProblemAsync(HttpStatusCode.BadRequest);

        (await PostAsync("clients/portal/resume", new { reason = "done" })).StatusCode.Should().Be(HttpStatusCode.NoContent);
        _host.Client.Status.PausedSince.Should().BeNull();
    }

    [Fact]
    public async Task A_group_of_failures_is_retried_as_an_operation_that_tells_how_it_is_doing()
    {
        var group = (await (await _host.Http.GetAsync("api/v1/clients/portal/groups")).ReadJsonAsync()).GetProperty("items")[0].GetProperty("group").GetString();
        _host.Target.Recover();

        var response = await PostAsync("clients/portal/retry", new { reason = "the certificate is renewed", filter = new { group } });
        var begun = await response.ReadJsonAsync(HttpStatusCode.Accepted);
        var ended = await EndAsync(begun);
        var told = await (await _host.Http.GetAsync(response.Headers.Location)).ReadJsonAsync();

        (ended.State, ended.Done, ended.By).Should().Be((OperationState.Completed, CampusHost.Queued, new DecidedBy("local", "the certificate is renewed")));
        told.GetProperty("done").GetInt64().Should().Be(CampusHost.Queued);
        _host.Client.Status.QueuedEvents.Should().Be(0);
    }

    [Fact]
    public async Task Events_are_discarded_by_number_by_filter_and_all()
    {
        var numbers = (await (await _host.Http.GetAsync("api/v1/clients/portal/queue")).ReadJsonAsync())
            .GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetInt64()).Take(2).ToList();

        (await BeginAndEndAsync("discard", new { reason = "a", numbers })).Done.Should().Be(2);
        (await BeginAndEndAsync("discard", new { reason = "b", filter = new { key = 4 } })).Done.Should().Be(2);
        (await BeginAndEndAsync("discard", new { reason = "c", all = true })).Done.Should().Be(6);
    }

    [Fact]
    public async Task The_trashbin_is_purged()
    {
        _host.Users.Remove(20);
        _host.Users.Remove(21);
        await _host.Server.UpdateAsync();
        await _host.Client.WhenCaughtUpAsync();

        var purged = await BeginAndEndAsync("purge", new { reason = "gone", entries = new[] { new { type = "Users", key = 20 } } });

        purged.Done.Should().Be(1);
        (await _host.Client.ListTrashbinAsync()).Items.Select(entry => entry.Key).Should().Equal(EntryKey.Of(21));
    }

    [Fact]
    public async Task Removals_are_approved_by_the_digest_that_was_looked_at_and_by_no_other()
    {
        var held = await _host.HoldRemovalsAsync();

        var refused = await PostAsync("servers/campus/removals/Users/approve", new { reason = "they left", digest = "0123456789abcdef" });
        var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict);
        (problem.GetProperty("decided").GetString(), problem.GetProperty("current").GetString()).Should().Be(("0123456789abcdef", held.Digest));
        _host.Server.Status.AwaitingApproval.Should().ContainSingle();

        var result = await (await PostAsync("servers/campus/removals/Users/approve", new { reason = "they left", digest = held.Digest })).ReadJsonAsync();
        result.GetProperty("removed").GetInt32().Should().Be(25);
        await (await PostAsync("servers/campus/removals/Users/approve", new { reason = "again", digest = held.Digest })).ShouldBeProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Removals_are_rejected()
    {
        var held = await _host.HoldRemovalsAsync();

        (await PostAsync("servers/campus/removals/Users/reject", new { reason = "a mistake", digest = held.Digest })).StatusCode.Should().Be(HttpStatusCode.NoContent);

        (_host.Server.Status.AwaitingApproval.Length, _host.Server.Status.RejectedRemovals.Length).Should().Be((0, 1));
        await (await PostAsync("clients/portal/removals/Users/reject", new { reason = "a", digest = held.Digest })).ShouldBeProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_operation_is_cancelled()
    {
        var begun = await (await PostAsync("clients/portal/retry", new { reason = "a", all = true })).ReadJsonAsync(HttpStatusCode.Accepted);

        await (await PostAsync($"clients/portal/operations/{begun.GetProperty("id").GetString()}/cancel", new { reason = "not now" })).ReadJsonAsync();

        (await EndAsync(begun)).State.Should().BeOneOf(OperationState.Cancelled, OperationState.Completed);
        _host.Log.Lines.Should().Contain(line => line.Contains("Cancel operation 1: not now", StringComparison.Ordinal));
    }

    private Task<HttpResponseMessage> PostAsync(string path, object body) => _host.Http.PostAsync($"api/v1/{path}", JsonContent.Create(body));

    private async Task<OperationStatus> BeginAndEndAsync(string action, object body) =>
        await EndAsync(await (await PostAsync($"clients/portal/{action}", body)).ReadJsonAsync(HttpStatusCode.Accepted));

    private Task<OperationStatus> EndAsync(JsonElement begun) => _host.Client.Operations.Find(begun.GetProperty("id").GetString()!)!.Completion;
}
