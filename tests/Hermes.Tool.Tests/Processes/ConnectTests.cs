using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Hermes.Tool.Tests.Processes;

/// <summary><c>hermes check --connect</c>, on real files and databases.</summary>
public sealed class ConnectTests : IDisposable
{
    private const string Configuration = """
        Servers:
          office:
            PollInterval: 01:00:00
            State: { Kind: Sqlite, Path: state/server.db }
            Bus: { Kind: Sqlite, Path: bus.db }
            Sources:
              registry: { Kind: Sql, Provider: Sqlite, ConnectionString: Data Source=registry.db;Pooling=False }
            DataTypes:
              - Name: People
                Key: id
                Sources:
                  - { Source: registry, Fetch: "select {{ REMOTE_ATTRIBUTES | join(', ') }} from people", Mapping: { id: id, name: name } }
              - Name: Rooms
                Key: id
                Sources:
                  - { Source: registry, Fetch: "select id from rooms", Mapping: { id: id } }
        Clients:
          table:
            State: { Kind: Sqlite, Path: state/table.db }
            Bus: { Kind: Sqlite, Path: bus.db }
            Target: { Kind: Table, Provider: Sqlite, ConnectionString: Data Source=target.db;Pooling=False }
            DataTypes:
              - { Name: Person, From: People, Mapping: { id: id, name: name } }
              - { Name: Room, From: Rooms, Mapping: { id: id } }
          log:
            State: { Kind: Sqlite, Path: state/log.db }
            Bus: { Kind: Sqlite, Path: bus.db }
            Target: { Kind: Log }
            DataTypes:
              - { Name: Person, From: People, Mapping: { name: name } }

        """;

    private readonly SettingsFolder _folder = new();

    public ConnectTests()
    {
        _folder.With("hermes.yml", Configuration);
        Sql("registry.db", "create table people (id text, name text); insert into people values ('1', 'Ada'); create table rooms (id text)");
        Sql("target.db", "create table Person (id text, name text); create table Room (id text)");
    }

    [Fact]
    public async Task What_can_be_reached_is_told_and_nothing_is_opened_that_is_locked()
    {
        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "check", "hermes.yml", "--connect");

        code.Should().Be(0, output);
        output.Should().Contain("Servers:office: source registry for People: good").And.Contain("Servers:office: bus: good").And.Contain("Clients:table: target for Room: good")
            .And.Contain("Clients:log: target: not tried").And.Contain("no errors, no warnings");
        Directory.Exists(Path.Combine(_folder.Path, "state")).Should().BeFalse();
    }

    [Fact]
    public async Task What_fails_is_told_where_it_stands_and_the_rest_is_tried_all_the_same()
    {
        Sql("registry.db", "drop table rooms");
        File.Delete(Path.Combine(_folder.Path, "target.db"));

        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "check", "hermes.yml", "--connect");
        var json = JsonNode.Parse((await HermesProcess.RunAsync(_folder.Path, "check", "hermes.yml", "--connect", "--json")).Output)!;

        code.Should().Be(1, output);
        output.Should().Contain("Servers:office: source registry for People: good").And.Contain("Servers:office: source registry for Rooms: failed")
            .And.MatchRegex(@"hermes\.yml:16:\d+: Servers:office:DataTypes:Rooms:Sources:0: The source registry for Rooms cannot be used\.").And.Contain("no such table")
            .And.MatchRegex(@"hermes\.yml:21:\d+: Clients:table:Target: The target for Person cannot be used\.");
        json["findings"]!.AsArray().Should().Contain(finding => (string)finding!["setting"]! == "Clients:table:Target" && (int)finding["line"]! == 21);
        json["tried"]!.AsArray().Should().Contain(one => (string)one!["what"]! == "source registry for People" && (bool)one["isGood"]!);
    }

    [Fact]
    public async Task A_configuration_that_is_wrong_is_not_tried()
    {
        _folder.With("hermes.yml", Configuration.Replace("PollInterval", "PollIntervall", StringComparison.Ordinal));

        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "check", "hermes.yml", "--connect");

        code.Should().Be(78);
        output.Should().NotContain("good").And.NotContain("failed");
    }

    public void Dispose() => _folder.Dispose();

    private void Sql(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
