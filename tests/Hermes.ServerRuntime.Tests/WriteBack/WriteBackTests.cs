using Hermes.Abstractions;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Configuration;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.WriteBack;

public sealed class WriteBackTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new();

    public WriteBackTests() => _users = _source.Table("users", "id", "name", "flag", "password")
        .Add(1, "Ada", "a", "s3cret")
        .Add(2, "Bob", "b", Value.Null);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Each_event_is_followed_by_its_write_back_with_the_entry_before_and_after()
    {
        await _harness.StartAsync(One);
        _source.Writes.Should().BeEmpty("the first poll sends nothing");
        _users.Add(3, "Cid", "c", Value.Null);
        _users.Set(1, "name", "Ada King");
        _users.Remove(2);

        (await _harness.UpdateAsync()).Error.Should().BeNull();

        _source.Writes.Select(Text).Should().Equal(
            "Modify: update users | after=Cid before= id=3",
            "Modify: update users | after=Ada King before=Ada id=1",
            "Modify: update users | after= before=Bob id=2");
        _source.Writes[0].Attributes.Should().Equal("flag", "id", "name", "password");
    }

    [Fact]
    public async Task Write_back_waits_until_the_bus_has_confirmed_and_survives_a_restart()
    {
        await _harness.StartAsync(One);
        _harness.Bus.FailNextSends(1);
        _users.Set(1, "name", "Ada King");
        (await _harness.UpdateAsync()).Succeeded.Should().BeFalse();
        _source.Writes.Should().BeEmpty();

        await _harness.StartAsync(One);

        _source.Writes.Select(Text).Should().StartWith("Modify: update users | after=Ada King before=Ada id=1");
        EventLines.Of(_harness.TakeEvents()).Should().StartWith("modified Users 1: name=\"Ada King\"");
    }

    [Fact]
    public async Task Failing_write_back_is_tried_again_and_the_event_not_sent_again()
    {
        await _harness.StartAsync(One);
        _source.FailWrites(new SourceException("read only", FaultKind.Permanent));
        _users.Set(1, "name", "Ada King");
        (await _harness.UpdateAsync()).Error.Should().Contain("Users").And.Contain("hr").And.Contain("read only");
        _harness.TakeEvents().Should().ContainSingle();

        _source.FailWrites(null);
        (await _harness.UpdateAsync()).Error.Should().BeNull();

        _source.Writes.Select(Text).Should().Equal("Modify: update users | after=Ada King before=Ada id=1");
        _harness.TakeEvents().Should().BeEmpty();
    }

    [Theory]
    [InlineData("{{ ITEM_FETCHED_VALUES.password }}")]
    [InlineData("{{ ITEM_CACHED_VALUES['password'] | default('none') }}")]
    public async Task Write_back_that_reads_a_secret_is_refused_at_the_start_since_it_would_be_stored(string template)
    {
        var start = () => _harness.StartAsync(server => Users(server, source => source.CommitOne(commit => commit
            .Modify("update users")
            .Bind("password", template))));

        var error = (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors.Should().ContainSingle().Subject;
        error.Path.Should().EndWith("DataTypes:0:Sources:0:CommitOne");
        error.Problem.Should().Contain("secret attribute 'password'");
    }

    [Fact]
    public async Task Types_write_back_once_after_their_last_event()
    {
        await _harness.StartAsync(All);
        _users.Add(3, "Cid", "c", Value.Null);
        _users.Set(1, "name", "Ada King");
        _users.Remove(2);

        (await _harness.UpdateAsync()).Error.Should().BeNull();

        _source.Writes.Select(Text).Should().Equal("Add: log | after=[Ada King, Cid] before=[Ada, Bob]");
    }

    [Fact]
    public async Task Types_without_events_write_nothing_back()
    {
        await _harness.StartAsync(All);

        await _harness.UpdateAsync();

        _source.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Write_back_of_a_source_that_is_gone_is_dropped_and_logged()
    {
        await _harness.StartAsync(One);
        _harness.Bus.FailNextSends(1);
        _users.Set(1, "name", "Ada King");
        await _harness.UpdateAsync();

        (await _harness.StartAsync(server => server.AddInMemorySource("other", _source).DataType("Users", type => type
            .Key("id").From("other", source => source.Fetch("users").MapAll("id", "name"))))).Error.Should().BeNull();

        _source.Writes.Should().BeEmpty();
        _harness.Log.Lines.Should().Contain(line => line.Contains("write-back of Users to hr is dropped"));
    }

    private void One(IHermesServerBuilder server) => Users(server, source => source.CommitOne(commit => commit
        .Modify("update users")
        .Bind("id", "{{ ITEM_FETCHED_VALUES.id | default(ITEM_CACHED_VALUES.id) }}")
        .Bind("before", "{{ ITEM_CACHED_VALUES.name | default('') }}")
        .Bind("after", "{{ ITEM_FETCHED_VALUES.name | default('') }}")));

    private void All(IHermesServerBuilder server) => Users(server, source => source.CommitAll(commit => commit
        .Add("log")
        .Bind("before", "{{ CACHED_VALUES | map(attribute='name') | list }}")
        .Bind("after", "{{ FETCHED_VALUES | map(attribute='name') | list }}")));

    private void Users(IHermesServerBuilder server, Action<TypeSourceBuilder> describe) => server
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type
            .Key("id")
            .From("hr", source => describe(source.Fetch("users").MapAll("id", "name", "flag", "password").Local("flag")))
            .Secret("password"));

    private static string Text(SourceOperation operation) =>
        $"{operation.Kind}: {operation.Query} | "
        + string.Join(" ", operation.Variables.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key}={item.Value}"));
}
