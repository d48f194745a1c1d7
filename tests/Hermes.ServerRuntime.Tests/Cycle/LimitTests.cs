using Hermes.Abstractions.Data;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Cycle;

/// <summary>Values that are too large or too deep are told, nothing of them is sent, and the server lives on.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new();

    public LimitTests() => _users = _source.Table("users", "id", "note").Add(1, "short");

    public static TheoryData<string> Kinds => ["text", "bytes", "list", "map"];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Value_above_the_limit_is_told_with_type_key_and_attribute_and_the_work_goes_on_without_it(string kind)
    {
        await StartAsync();
        _users.Add(7, Large(kind));

        var error = (await _harness.UpdateAsync()).Error;

        error.Should().Contain("Users").And.Contain("7").And.Contain("note").And.Contain("1,000").And.Contain("MaxValueLength");
        _harness.TakeEvents().Should().BeEmpty();
        _users.Set(7, "note", "short");
        (await _harness.UpdateAsync()).Error.Should().BeNull();
        EventLines.Of(_harness.TakeEvents()).Should().Equal("added Users 7: id=7 note=\"short\"");
    }

    [Fact]
    public async Task Value_at_the_limit_is_sent()
    {
        await StartAsync();
        _users.Add(7, new string('x', 1_000));

        (await _harness.UpdateAsync()).Added.Should().Be(1);
    }

    [Fact]
    public async Task Value_that_is_nested_too_deep_is_told()
    {
        await StartAsync();
        Value deep = "x";
        for (var i = 0; i < 100; i++)
            deep = ValueList.Create([deep]);
        _users.Add(7, deep);

        (await _harness.UpdateAsync()).Error.Should().Contain("64 levels");
    }

    private static Value Large(string kind) => kind switch
    {
        "text" => new string('x', 1_001),
        "bytes" => new byte[1_001],
        "list" => ValueList.Create([.. Enumerable.Repeat((Value)"xx", 500)]),
        _ => ValueMap.Create([.. Enumerable.Range(0, 300).Select(i => KeyValuePair.Create($"{i}", (Value)"xx"))]),
    };

    private async Task StartAsync() => (await _harness.StartAsync(server => server
        .Configure(options => options.Model.MaxValueLength = 1_000)
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id", "note"))))).Error.Should().BeNull();
}
