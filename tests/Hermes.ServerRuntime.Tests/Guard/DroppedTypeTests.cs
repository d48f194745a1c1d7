using Hermes.Runtime.Control;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Guard;

/// <summary>A type is renamed or dropped in the data model, perhaps by a typing error.</summary>
public sealed class DroppedTypeTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new();

    public DroppedTypeTests() => _users = _source.Table("users", "id", "name").Add(1, "Ada").Add(2, "Bob");

    public async Task InitializeAsync()
    {
        await _harness.StartAsync(server => Describe(server, "Users"));
        await _harness.Control.InitSyncAsync();
        Sent();
    }

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task Entries_of_a_renamed_type_stay_until_somebody_decides()
    {
        await _harness.StartAsync(server => Describe(server, "Persons"));

        Sent().Should().Equal(
            "dataschema Persons[id](id,name); Users[id](id,name)",
            "added Persons 1: id=1 name=\"Ada\"",
            "added Persons 2: id=2 name=\"Bob\"");
        var held = _harness.Control.Status.AwaitingApproval.Should().ContainSingle().Subject;
        (held.Type, held.Cached, held.Entries.Count, held.MustBeApproved).Should().Be(("Users", 2, 2, true));
        held.Entries.First.Should().Equal("<Users[1]>", "<Users[2]>");
    }

    [Fact]
    public async Task Name_that_comes_back_finds_everything_as_it_was()
    {
        await _harness.StartAsync(server => Describe(server, "Others", "others"));
        Sent().Should().Equal("dataschema Others[id](id,name); Users[id](id,name)");

        _users.Set(2, "name", "Bobby");
        await _harness.StartAsync(server => Describe(server, "Users"));

        Sent().Should().Equal("dataschema Users[id](id,name)", "modified Users 2: name=\"Bobby\"");
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
    }

    [Fact]
    public async Task Approved_removal_goes_out_with_the_schema()
    {
        await _harness.StartAsync(server => Describe(server, "Others", "others"));
        Sent();
        await _harness.StopAsync();
        await _harness.StartAsync(server => Describe(server, "Others", "others"));

        (await _harness.Control.ApproveRemovalsAsync("Users", Held().Digest, new DecidedBy("ada", "no longer wanted"))).Error.Should().BeNull();

        Sent().Should().Equal("removed Users 1", "removed Users 2", "dataschema Others[id](id,name)");
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
    }

    [Fact]
    public async Task Rejected_removal_is_not_asked_for_again()
    {
        await _harness.StartAsync(server => Describe(server, "Others", "others"));
        Sent();
        await _harness.Control.RejectRemovalsAsync("Users", Held().Digest, new DecidedBy("ada", "comes back"));

        await _harness.StartAsync(server => Describe(server, "Others", "others"));

        Sent().Should().BeEmpty();
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
        _harness.Control.Status.RejectedRemovals.Should().ContainSingle();
    }

    [Fact]
    public async Task New_client_gets_what_the_others_have()
    {
        await _harness.StartAsync(server => Describe(server, "Others", "others"));
        Sent();

        await _harness.Control.InitSyncAsync();

        Sent().Should().Equal(
            "init-start Others[id](id,name); Users[id](id,name)", "init Users 1: id=1 name=\"Ada\"", "init Users 2: id=2 name=\"Bob\"", "init-stop");
    }

    private HeldRemovals Held() => _harness.Control.Status.AwaitingApproval.Single();

    private IReadOnlyList<string> Sent() => EventLines.Of(_harness.TakeEvents());

    private void Describe(IHermesServerBuilder server, string type, string table = "users")
    {
        if (table == "others")
            _source.Table("others", "id", "name");
        server.AddInMemorySource("hr", _source).DataType(type, item => item.Key("id").From("hr", source => source.Fetch(table).MapAll("id", "name")));
    }
}
