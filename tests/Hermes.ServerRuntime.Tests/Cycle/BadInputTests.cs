using Hermes.Abstractions.Data;
using Hermes.Runtime.Registration;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Cycle;

public sealed class BadInputTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new();

    public BadInputTests() => _users = _source.Table("users", "id", "name").Add(1, "Ada").Add(2, "Bob");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Template_that_fails_on_one_row_abandons_the_poll_and_removes_nothing()
    {
        await _harness.StartAsync(server => Users(server, "{{ name | upper if name != 'X' else name + 1 }}"));
        _users.Remove(2);
        _users.Add(3, "X");

        var result = await _harness.UpdateAsync();

        result.Error.Should().Contain("type Users").And.Contain("key 3").And.Contain("attribute name").And.Contain("{{ name | upper");
        Sent().Should().BeEmpty();
        _users.Set(3, "name", "Cid");
        (await _harness.UpdateAsync()).Error.Should().BeNull();
        Sent().Should().Equal("added Users 3: id=3 name=\"CID\"", "removed Users 2");
    }

    [Fact]
    public async Task Row_without_a_key_and_a_list_as_key_name_source_and_type_and_change_nothing()
    {
        await _harness.StartAsync(server => Users(server, "name"));
        foreach (var key in (Value[])[Value.Null, ValueList.Create([1, 2])])
        {
            _users.Clear();
            _users.Add(key, "Nobody");
            (await _harness.UpdateAsync()).Error.Should().Contain("Users").And.Contain("hr").And.Contain("id");
        }

        Sent().Should().BeEmpty();
        _harness.Control.Status.Types[0].Entries.Should().Be(2);
    }

    [Fact]
    public async Task Fewer_rows_than_are_expected_fail_the_poll_and_change_nothing()
    {
        await _harness.StartAsync(server => server
            .AddInMemorySource("hr", _source)
            .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").Map("id").Map("name").ExpectAtLeast(2))));
        _users.Remove(2);
        _users.Set(1, "name", "Eve");

        var result = await _harness.UpdateAsync();

        result.Error.Should().Contain("Users").And.Contain("hr").And.Contain("1 rows").And.Contain("at least 2").And.Contain("ExpectAtLeast");
        Sent().Should().BeEmpty();
        _users.Add(3, "Cid");
        (await _harness.UpdateAsync()).Error.Should().BeNull();
        Sent().Should().BeEquivalentTo("added Users 3: id=3 name=\"Cid\"", "modified Users 1: name=\"Eve\"", "removed Users 2");
    }

    [Fact]
    public async Task Column_that_the_source_does_not_return_is_named()
    {
        var result = await _harness.StartAsync(server => Users(server, "surname"));

        result.Error.Should().Contain("Users").And.Contain("hr").And.Contain("surname");
    }

    [Fact]
    public async Task Strange_texts_are_good_keys()
    {
        await _harness.StartAsync(server => Users(server, "name"));
        string[] keys = ["", " ", "\0\u0001\u001f", "😀", "e\u0301", "é", "HermesBytes(AA==)", "a\"b\\c", new string('x', 100_000)];
        foreach (var key in keys)
            _users.Add(key, "strange");

        (await _harness.UpdateAsync()).Error.Should().BeNull();

        _harness.TakeEvents().OfType<Events.AddedEvent>().Select(added => added.Key.ToValue().AsString()).Should().Equal(keys);
        foreach (var key in keys)
            _users.Remove(key);
        (await _harness.UpdateAsync()).Removed.Should().Be(keys.Length);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_named_and_sends_nothing()
    {
        await _harness.StartAsync(server => Users(server, "name"));
        _users.Add(7, "half \ud83d");

        (await _harness.UpdateAsync()).Error.Should().Contain("type Users").And.Contain("key 7").And.Contain("surrogate");

        Sent().Should().BeEmpty();
    }

    [Fact]
    public async Task Secret_that_cannot_be_sent_fails_the_poll_and_never_blocks_the_outbox()
    {
        await _harness.StartAsync(server => Users(server, "name").Configure(options => options.Model.DataTypes[0].Sources[0].SecretAttributes.Add("name")));
        _users.Add(7, "half \ud83d");

        (await _harness.UpdateAsync()).Error.Should().Contain("type Users").And.Contain("key 7").And.Contain("surrogate");
        _harness.State.Outbox.Should().BeEmpty();
        _users.Set(7, "name", "whole");
        (await _harness.UpdateAsync()).Error.Should().BeNull();

        Sent().Should().Equal("added Users 7: id=7 name=\"whole\"");
    }

    [Fact]
    public async Task Ten_megabytes_of_bytes_travel()
    {
        await _harness.StartAsync(server => Users(server, "name"));
        var photo = new byte[10_000_000];
        new Random(7).NextBytes(photo);
        _users.Add(3, photo);

        (await _harness.UpdateAsync()).Error.Should().BeNull();

        var added = _harness.TakeEvents().Should().ContainSingle().Which.Should().BeOfType<Events.AddedEvent>().Subject;
        added.Attributes["name"].AsBytes().Span.SequenceEqual(photo).Should().BeTrue();
    }

    [Fact]
    public async Task Five_thousand_attributes_travel()
    {
        string[] names = [.. Enumerable.Range(0, 5_000).Select(i => $"a{i:0000}")];
        var wide = _source.Table("wide", names.Prepend("id"));
        await _harness.StartAsync(server => server.AddInMemorySource("hr", _source)
            .DataType("Wide", type => type.Key("id").From("hr", source => source.Fetch("wide").Map("id").MapAll(names))));
        wide.Add([1, .. names.Select(name => (Value)name)]);
        (await _harness.UpdateAsync()).Added.Should().Be(1);
        wide.Set(1, "a4999", "changed");
        (await _harness.UpdateAsync()).Error.Should().BeNull();

        Sent()[^1].Should().Be("modified Wide 1: a4999=\"changed\"");
    }

    private IReadOnlyList<string> Sent() => EventLines.Of(_harness.TakeEvents());

    private IHermesServerBuilder Users(IHermesServerBuilder server, string name) => server
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").Map("id").Map("name", name)));
}
