using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Configuration;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.WriteBack;

public sealed class WriteBackCheckTests
{
    private readonly InMemorySource _source = new();

    [Fact]
    public async Task Types_that_would_write_back_to_a_source_that_is_only_read_are_all_told_at_the_start()
    {
        var errors = await ErrorsAsync(server => server
            .AddSource("paper", _ => new ReadOnlySource(_source))
            .AddInMemorySource("hr", _source)
            .DataType("Users", type => type.Key("id").From("paper", source => Map(source).CommitOne(commit => commit.Add("x"))))
            .DataType("Groups", type => type.Key("id")
                .From("hr", source => Map(source).CommitOne(commit => commit.Add("x")))
                .From("paper", source => Map(source).CommitAll(commit => commit.Add("x")))));

        errors.Select(error => (error.Path, error.Problem, error.Fix)).Should().Equal(
            ("Hermes:Servers:campus:DataTypes:0:Sources:0:CommitOne",
                "The data type 'Users' writes back to the data source 'paper', which can only be read.",
                "Remove CommitOne, or write back to a source that can be written to."),
            ("Hermes:Servers:campus:DataTypes:1:Sources:1:CommitAll",
                "The data type 'Groups' writes back to the data source 'paper', which can only be read.",
                "Remove CommitAll, or write back to a source that can be written to."));
    }

    [Fact]
    public async Task It_stands_in_one_list_with_what_else_is_wrong()
    {
        var errors = await ErrorsAsync(server => server
            .AddSource("paper", _ => new ReadOnlySource(_source))
            .DataType("Users", type => type.From("paper", source => Map(source).CommitOne(commit => commit.Add("x")))));

        errors.Select(error => error.Path).Should().BeEquivalentTo(
            "Hermes:Servers:campus:DataTypes:0:Key", "Hermes:Servers:campus:DataTypes:0:Sources:0:CommitOne");
    }

    private static TypeSourceBuilder Map(TypeSourceBuilder source) => source.Fetch("users").MapAll("id");

    private static async Task<IReadOnlyList<ConfigurationError>> ErrorsAsync(Action<IHermesServerBuilder> describe)
    {
        await using var harness = new ServerHarness();
        var start = () => harness.StartAsync(describe);
        return (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors;
    }

    private sealed class ReadOnlySource(IDataSource inner) : IDataSource
    {
        public IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken) =>
            inner.FetchAsync(operation, cancellationToken);
    }
}
