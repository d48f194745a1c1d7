using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Http.Rest;
using Hermes.Templates;
using Hermes.Testing.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Tests.Rest;

/// <summary>A whole client in front of the target: links, references and kills are part of the test.</summary>
public sealed class WholeClientTests : IAsyncLifetime
{
    private static readonly DataSchema Schema = new(Type("SRVUsers", ["id", "login"]), Type("SRVGroups", ["id", "members"]));

    private readonly ClientHarness _client = new();
    private RestServer _server = null!;
    private RestTarget? _target;

    public async Task InitializeAsync() => _server = await RestServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        _target?.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_kill_between_the_making_of_an_object_and_its_answer_makes_no_second_one()
    {
        await _client.SendInitSyncAsync(Schema);
        await StartAsync();
        await _client.AppliedAsync();
        var (made, isDead) = (new TaskCompletionSource(), new TaskCompletionSource());
        _server.BreaksOff = async _ =>
        {
            made.TrySetResult();
            await isDead.Task;
            return true;
        };
        await _client.SendAsync(User("1", "ada"));
        await made.Task;
        await _client.KillAsync();
        isDead.SetResult();
        _server.BreaksOff = _ => Task.FromResult(false);

        await StartAsync();
        await _client.SendAsync(Renamed("1", "eve"));
        await _client.AppliedAsync();

        _server.All("users").Should().ContainSingle().Which["login"]!.ToString().Should().Be("eve");
        await ShouldBeDoneAsync();
    }

    [Fact]
    public async Task A_user_that_somebody_deleted_is_made_anew_and_groups_get_ids_in_whatever_order_they_come()
    {
        await _client.SendInitSyncAsync(Schema, Group("g", "1", "2"), User("1", "ada"));
        await StartAsync();
        await _client.AppliedAsync();
        _server.Delete("users", _server.All("users").Single()["id"]!.ToString());

        await _client.SendAsync(Renamed("1", "eve"), User("2", "bob"));
        await _client.AppliedAsync();

        await ShouldBeDoneAsync();
        _server.All("users").Select(user => user["login"]!.ToString()).Should().BeEquivalentTo("eve", "bob");
        _server.All("groups").Single()["members"]!.AsArray().Select(id => id!.ToString()).Should().BeEquivalentTo(_server.All("users").Select(user => user["id"]!.ToString()));
    }

    private async Task StartAsync()
    {
        _target?.Dispose();
        var options = RestDriver.Options(_server.Address);
        options.Resources["Groups"].Attributes.Remove("owner");
        _target = new RestTarget(options, new JinjaTemplateEngine());
        await _client.StartAsync(_target, client => client
            .DataType("Users", type => type.From("SRVUsers").MapAll("id", "login").Map("mail", "{{ none }}"))
            .DataType("Groups", type => type.From("SRVGroups").MapAll("id", "members").References("members", "Users")));
    }

    private async Task ShouldBeDoneAsync() => (await _client.Control.ListErrorQueueAsync()).Items.Select(queued => queued.Message).Should().BeEmpty();

    private static TypeSchema Type(string name, string[] attributes) => new(name, [.. attributes], [], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty);

    private static AddedEvent User(string id, string login) => new("SRVUsers", EntryKey.Of(id), Entry.Of(("id", id), ("login", login)), EventCategory.Base);

    private static AddedEvent Group(string id, params string[] members) =>
        new("SRVGroups", EntryKey.Of(id), Entry.Of(("id", id), ("members", ValueList.Create(members.Select(Value.From)))), EventCategory.Base);

    private static ModifiedEvent Renamed(string id, string login) => new("SRVUsers", EntryKey.Of(id), new AttributeChanges(Entry.Empty, Entry.Of(("login", login)), []));
}
