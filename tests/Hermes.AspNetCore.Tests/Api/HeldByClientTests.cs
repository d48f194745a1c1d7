using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Control;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Testing.Client;
using Hermes.Testing.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.AspNetCore.Tests.Api;

/// <summary>A client that holds removals, in the host of another.</summary>
public sealed class HeldByClientTests : IAsyncLifetime
{
    private static readonly DataSchema Schema = new(new TypeSchema("People", ["id"], [], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty));

    private readonly ClientHarness _harness = new();
    private readonly RecordingTarget _target = new();
    private CampusHost _host = null!;

    public async Task InitializeAsync()
    {
        await _harness.SendInitSyncAsync(Schema, People(30));
        await _harness.StartAsync(_target, client => client.DataType("Persons", type => type.From("People").Map("id")));
        await _harness.AppliedAsync();
        await _harness.SendResyncAsync(Schema, People(5));
        await _harness.AppliedAsync();
        _host = await CampusHost.StartAsync(services => services.AddKeyedSingleton<IHermesClientControl>("test", _harness.Control));
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _harness.DisposeAsync();
    }

    [Fact]
    public async Task Removals_are_approved_by_the_api()
    {
        var held = (await (await _host.Http.GetAsync("api/v1/clients/test/removals")).ReadJsonAsync()).GetProperty("items")[0];
        (await (await _host.Http.GetAsync("api/v1/clients/test/removals/People/entries")).ReadJsonAsync()).GetProperty("items").GetArrayLength().Should().Be(25);
        await (await DecideAsync("approve", "0123456789abcdef")).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        _target.Entries("Persons").Should().HaveCount(30);

        (await DecideAsync("approve", held.GetProperty("digest").GetString()!)).StatusCode.Should().Be(HttpStatusCode.NoContent);

        await _harness.AppliedAsync();
        _target.Entries("Persons").Should().HaveCount(5);
    }

    [Fact]
    public async Task Removals_are_rejected_on_the_page_of_the_client()
    {
        var held = (await _harness.Control.ListHeldRemovalsAsync()).Items.Should().ContainSingle().Subject;
        using var browser = new Browser(_host);
        (await browser.LoadAsync("clients/test")).Should().Contain(held.Digest);
        (await browser.LoadAsync("clients/test/removals/People")).Should().Contain("<li>30</li>");

        var response = await browser.SendAsync(
            "clients/test", "clients/test/decide", ("set", "People"), ("digest", held.Digest), ("decision", "reject"), ("reason", "the export was cut off"));

        response.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        (await _harness.Control.ListHeldRemovalsAsync()).Items.Should().BeEmpty();
        _target.Entries("Persons").Should().HaveCount(30);
    }

    private Task<HttpResponseMessage> DecideAsync(string decision, string digest) =>
        _host.Http.PostAsync($"api/v1/clients/test/removals/People/{decision}", JsonContent.Create(new { digest, reason = "the export was cut off" }));

    private static IEnumerable<AddedEvent> People(int count) => Enumerable.Range(1, count)
        .Select(id => new AddedEvent("People", EntryKey.Of($"{id}"), Entry.Of(("id", $"{id}")), EventCategory.Base));
}
