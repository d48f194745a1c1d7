using System.Data.Common;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Testing.Contracts.Sources;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;
using Hermes.TestSupport.Registration;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Sql.Tests.Registration;

public sealed class SqlKindsTests : IDisposable
{
    private readonly TestFile _file = new();

    public SqlKindsTests() => _file.Run("CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT); INSERT INTO people VALUES ('ada', 'Ada')");

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_source_in_code_is_connected_by_a_driver_and_a_connection_string()
    {
        var server = new RecordingServerBuilder();
        server.AddSqlSource("one", SqliteFactory.Instance, _file.ConnectionString);
        server.AddSqlSource("two", options => options.Connect(() => new SqliteConnection(_file.ConnectionString)));

        foreach (var name in new[] { "one", "two" })
            (await server.Source(name).ReadAllAsync(TestFile.Fetch("SELECT * FROM people"))).Should().ContainSingle();
    }

    [Fact]
    public async Task A_source_in_the_configuration_names_its_driver()
    {
        var server = new RecordingServerBuilder();
        server.AddSqlKinds().AddSqlProvider("sqlite", SqliteFactory.Instance);

        var source = server.Source(
            "Sql", ("Kind", "Sql"), ("Provider", "sqlite"), ("ConnectionString", _file.ConnectionString),
            ("CommandTimeout", "00:00:10"), ("ConsistentRead", "false"), ("Dialect", "Sqlite"));

        (await source.ReadAllAsync(TestFile.Fetch("SELECT * FROM people"))).Should().ContainSingle().Which["id"].Should().Be(Value.From("ada"));
    }

    [Fact]
    public async Task A_driver_registered_with_the_framework_is_found_too()
    {
        DbProviderFactories.RegisterFactory("Hermes.Sql.Tests.Sqlite", SqliteFactory.Instance);
        var server = new RecordingServerBuilder();
        server.AddSqlKinds();

        var source = server.Source("Sql", ("Provider", "Hermes.Sql.Tests.Sqlite"), ("ConnectionString", _file.ConnectionString));

        (await source.ReadAllAsync(TestFile.Fetch("SELECT * FROM people"))).Should().ContainSingle();
    }

    [Fact]
    public void What_is_wrong_in_a_configuration_is_told_at_once_with_its_path()
    {
        var server = new RecordingServerBuilder();
        server.AddSqlKinds();

        var unconnected = () => server.Source("Sql", ("Provider", "nobody"));
        unconnected.Should().Throw<HermesConfigurationException>().Which.Errors.Select(error => error.Path).Should().Equal("Part:Provider", "Part:ConnectionString");

        var misspelt = () => server.Source("Sql", ("Providr", "x"), ("CommandTimeout", "soon"));
        misspelt.Should().Throw<HermesConfigurationException>().Which.Errors.Select(error => error.Path).Should().Equal("Part:CommandTimeout", "Part:Providr");

        var instant = () => server.Source("Sql", ("CommandTimeout", "00:00:00"));
        instant.Should().Throw<HermesConfigurationException>().Which.Errors.Should().ContainSingle().Which.Path.Should().Be("Part:CommandTimeout");
    }

    [Fact]
    public void A_connection_string_that_the_driver_does_not_accept_is_an_error_at_start_that_does_not_show_it()
    {
        var server = new RecordingServerBuilder();
        server.AddSqlKinds().AddSqlProvider("postgresql", Npgsql.NpgsqlFactory.Instance);

        var make = () => server.Source("Sql", ("Provider", "postgresql"), ("ConnectionString", "Host=h;Port=s3cret;Pasword=s3cret"));

        var failure = make.Should().Throw<HermesConfigurationException>().Which;
        failure.Errors.Should().ContainSingle().Which.Path.Should().Be("Part:ConnectionString");
        failure.ToString().Should().NotContain("s3cret");
    }

    [Fact]
    public async Task A_table_target_comes_from_code_or_configuration()
    {
        var client = new RecordingClientBuilder();
        client.AddSqlKinds().AddSqlProvider("sqlite", SqliteFactory.Instance).ToTable(options => options.Connect(SqliteFactory.Instance, _file.ConnectionString));
        client.Target().Should().NotBeNull();

        var target = client.Target(
            "Table", ("Provider", "sqlite"), ("ConnectionString", _file.ConnectionString), ("Trashed", "Delete"), ("Tables:People", "people"), ("Columns:People.name", "name"),
            ("Ignored:0", "People.mail"), ("Ignored:1", "People.age"), ("Ignored:2", "People.jobs"), ("Ignored:3", "People.note"), ("Ignored:4", "People.code"));
        await target.StartAsync(ContractTypes.All, default);
        await target.ApplyAsync(ContractTypes.Trashed(ContractTypes.Person("ada", "Ada")), new TestTargetContext(), default);

        (await _file.Source().ReadAllAsync(TestFile.Fetch("SELECT * FROM people"))).Should().BeEmpty();
    }

    [Fact]
    public void A_table_target_that_is_not_connected_is_an_error_of_the_configuration()
    {
        var client = new RecordingClientBuilder();
        client.AddSqlKinds();

        var make = () => client.Target("Table", ("Columns:name", "n"));
        make.Should().Throw<HermesConfigurationException>().Which.Message.Should().Contain("Type.attribute");
    }
}
