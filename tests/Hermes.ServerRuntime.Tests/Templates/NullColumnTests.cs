using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Templates;

/// <summary>A column without a value is <c>none</c> in the templates of a server.</summary>
public sealed class NullColumnTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly ServerHarness _harness = new();

    public NullColumnTests() => _source.Table("users", "id", "login", "mn").Add(1, "ada", Value.Null);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Theory]
    [InlineData("{{ (mn or '') ~ login }}", "x=\"ada\"")]
    [InlineData("{{ mn == None }}", "x=true")]
    [InlineData("{{ mn | upper if mn else None }}", "")]
    [InlineData("{{ login if mn is none else mn }}", "x=\"ada\"")]
    [InlineData("{{ mn is defined }}", "x=true")]
    [InlineData("{{ mn | default('none') }}", "x=\"none\"")]
    [InlineData("{{ (mn | default('')).split(';') | reject('==', '') | list }}", "")]
    [InlineData("{{ mn }}", "")]
    public async Task Template_over_it_gives_what_Jinja_gives(string template, string attribute)
    {
        await StartAsync(template);

        EventLines.Of(_harness.TakeEvents().OfType<AddedEvent>()).Should().Equal($"init Users 1: id=1 {attribute}".TrimEnd());
    }

    [Fact]
    public async Task Name_that_the_source_does_not_return_is_an_error()
    {
        await _harness.LaunchAsync(server => server
            .AddInMemorySource("hr", _source)
            .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id").Map("x", "{{ (nm or '') ~ login }}"))));

        (await _harness.UpdateAsync()).Error.Should().Contain("does not return 'nm'");
    }

    private async Task StartAsync(string template) => (await _harness.StartAsync(server => server
        .InitSyncAtFirstPoll()
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id").Map("x", template))))).Error.Should().BeNull();
}
