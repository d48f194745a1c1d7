using Hermes.Abstractions.Data;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Schema;

/// <summary>What a change of the data model would do is told before a server starts with it, and nothing is done.</summary>
public sealed class SchemaPreviewTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly ServerHarness _harness = new();

    public SchemaPreviewTests()
    {
        _source.Table("users", "id", "login", "mail").Add(1, "ada", "ada@x").Add(2, "bob", Value.Null).Add(3, "cleo", "cleo@x");
        _source.Table("groups", "id", "name").Add("g1", "Physics").Add("g2", "Chemistry");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task What_a_new_model_drops_is_told_with_how_many_entries_lose_it_and_nothing_is_sent()
    {
        await StartedOnceAsync();

        var preview = await PreviewAsync(server => Users(server, "id", "login").GuardRemovals(_ => { }));

        preview.IsFirstStart.Should().BeFalse();
        preview.Changes.Should().Equal(
            new PreviewedSchemaChange("Groups", null, "type Groups dropped", 2, WouldWait: true),
            new PreviewedSchemaChange("Users", "mail", "type Users: attribute mail dropped", 2, WouldWait: false));
        preview.ToString().Should().Contain("type Groups dropped: 2 entries; this would wait for approval");
        _harness.TakeEvents().Should().BeEmpty();

        (await PreviewAsync(Model)).Changes.Should().BeEmpty("nothing was taken over");
    }

    [Fact]
    public async Task A_key_that_changes_is_told_with_all_entries_of_its_type()
    {
        await StartedOnceAsync();

        var preview = await PreviewAsync(server => Groups(server
            .DataType("Users", type => type.Key("login").From("hr", rows => rows.Fetch("users").MapAll("id", "login", "mail")))));

        preview.Changes.Should().Equal(new PreviewedSchemaChange("Users", null, "type Users: key changed from (id) to (login)", 3, WouldWait: false));
    }

    [Fact]
    public async Task A_first_start_is_told_as_that()
    {
        var preview = await PreviewAsync(Model);
        preview.IsFirstStart.Should().BeTrue();
        preview.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_that_was_started_has_told_it()
    {
        await _harness.StartAsync(server => Model(server));
        var preview = () => _harness.Control.PreviewSchemaAsync();
        (await preview.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*Ask before the host starts.");
    }

    private async Task StartedOnceAsync()
    {
        await _harness.StartAsync(server => Model(server));
        await _harness.StopAsync();
        _harness.TakeEvents();
    }

    private async Task<SchemaPreview> PreviewAsync(Func<IHermesServerBuilder, IHermesServerBuilder> describe)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHermesServer(
            ServerHarness.ServerName, server => describe(server.UseInMemoryBus(_harness.Bus).UseInMemoryState(_harness.State).PollEvery(TimeSpan.FromHours(1))));
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredKeyedService<IHermesServerControl>(ServerHarness.ServerName).PreviewSchemaAsync();
    }

    private IHermesServerBuilder Model(IHermesServerBuilder server) => Groups(Users(server, "id", "login", "mail"));

    private IHermesServerBuilder Users(IHermesServerBuilder server, params string[] columns) => server
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", rows => rows.Fetch("users").MapAll(columns)));

    private IHermesServerBuilder Groups(IHermesServerBuilder server) => server
        .AddInMemorySource("hr", _source)
        .DataType("Groups", type => type.Key("id").From("hr", rows => rows.Fetch("groups").MapAll("id", "name")));
}
