using Hermes.Abstractions.Notifications;
using Hermes.Abstractions.Templates;
using Hermes.EndToEnd.Tests.Worlds;
using Hermes.Runtime.Registration;
using Hermes.Testing.Buses;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.EndToEnd.Tests.BadInput;

/// <summary>Sources that fail or return what cannot be used: told with where and what, nothing removed, and the server goes on when it is mended.</summary>
public sealed class BadSourcesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-bad-").FullName;
    private SmallCampus? _campus;

    private string Database => Path.Combine(_folder, "campus.db");

    [Fact]
    public async Task A_missing_database_file_is_named_and_not_made()
    {
        var campus = await LoadAsync(Cars("SELECT id FROM cars"));

        await ShouldFailAsync(campus, "SRVCars", Database);

        File.Exists(Database).Should().BeFalse();
        Execute("CREATE TABLE cars (id TEXT PRIMARY KEY); INSERT INTO cars VALUES ('c1')");
        (await campus.PollAsync()).Added.Should().Be(1);
        await ShouldBeOverAsync(campus);
    }

    [Fact]
    public async Task A_query_that_fails_is_told_with_its_reason()
    {
        Execute("CREATE TABLE lorries (id TEXT PRIMARY KEY)");
        var campus = await LoadAsync(Cars("SELECT id FROM cars"));

        await ShouldFailAsync(campus, "SRVCars", "no such table: cars");

        Execute("CREATE TABLE cars (id TEXT PRIMARY KEY)");
        await ShouldBeOverAsync(campus);
    }

    [Fact]
    public async Task A_source_that_breaks_off_removes_nothing()
    {
        var campus = await LoadAsync();
        campus.Users.Fail(after: 1);

        await ShouldFailAsync(campus, "SRVUsers", "broke off");
        campus.Names.Should().HaveCount(2);

        campus.Users.Recover();
        await ShouldBeOverAsync(campus);
    }

    [Fact]
    public async Task A_row_without_key_is_told_with_its_source_and_type()
    {
        var campus = await LoadAsync();
        campus.Users.Add(Abstractions.Data.Value.Null, "No", "Key");

        await ShouldFailAsync(campus, "SRVUsers", "key");

        campus.Users.Remove(Abstractions.Data.Value.Null);
        await ShouldBeOverAsync(campus);
    }

    [Fact]
    public async Task A_column_that_the_mapping_names_and_the_source_does_not_return_is_told()
    {
        Execute("CREATE TABLE cars (number TEXT PRIMARY KEY); INSERT INTO cars VALUES ('c1')");
        var campus = await LoadAsync(Cars("SELECT number FROM cars"));

        await ShouldFailAsync(campus, "SRVCars", "id");
    }

    [Fact]
    public async Task A_value_of_an_unknown_type_is_told_with_source_type_and_attribute()
    {
        var campus = await LoadAsync(server => server.DataType("SRVOdd", type => type.Key("id").From("db", rows => rows
            .Fetch("users").Map("id").Map("odd", "first", _ => Abstractions.Data.Value.From(new Odd())))));

        await ShouldFailAsync(campus, "SRVOdd", "odd");
    }

    [Fact]
    public async Task A_key_that_comes_twice_keeps_the_cached_entry_and_shows_in_the_status()
    {
        var campus = await LoadAsync();
        campus.Users.Add("1", "Another", "Ada");
        await campus.PollAsync();

        campus.Names.Should().Equal("Ada Byron", "Bob Hope");
        var status = campus.World.Server.Status.Types.Single(type => type.Name == "SRVUsers");
        status.Entries.Should().Be(2);
        status.Inconsistencies.Count.Should().Be(1);
        status.Inconsistencies.First.Should().ContainSingle().Which.Should().Contain("1");
        await campus.ShouldGoOnAsync();

        campus.Users.Remove("1", "Another");
        await campus.PollAsync();
        campus.World.Server.Status.Types.Single(type => type.Name == "SRVUsers").Inconsistencies.Count.Should().Be(0);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_campus is not null)
            await _campus.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<SmallCampus> LoadAsync(Action<IHermesServerBuilder>? more = null)
    {
        _campus = await SmallCampus.LoadedAsync(new InMemoryStorage(new InMemoryBus()));
        if (more is null)
            return _campus;
        await _campus.World.StopServerAsync();
        await _campus.StartServerAsync(more);
        return _campus;
    }

    private Action<IHermesServerBuilder> Cars(string query) => server => server
        .AddSqlSource("garage", SqliteFactory.Instance, $"Data Source={Database};Mode=ReadOnly")
        .DataType("SRVCars", type => type.Key("id").From("garage", rows => rows.Fetch(query).Map("id")));

    private static async Task ShouldFailAsync(SmallCampus campus, string type, string what)
    {
        var result = await campus.World.Server.UpdateAsync();
        result.Error.Should().Contain(type).And.Contain(what);
        var status = campus.World.Server.Status;
        status.IsFailing.Should().BeTrue();
        status.LastError!.Message.Should().Contain(type).And.Contain(what);
        campus.Notifier.About(NotificationTopic.Failure).Should().ContainSingle("a failure is told once").Which.Current[0].Should().Contain(what);
        await campus.World.SettleAsync();
        campus.Target.Calls.Should().HaveCount(4, "nothing is sent of a poll that failed");
    }

    private static async Task ShouldBeOverAsync(SmallCampus campus)
    {
        await campus.ShouldGoOnAsync();
        campus.World.Server.Status.IsFailing.Should().BeFalse();
        campus.Notifier.About(NotificationTopic.Failure).Should().HaveCount(2, "its end is told too").And.Subject.Last().Current.Should().BeEmpty();
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class Odd : TemplateObject
    {
        public override string Description => "an object of another world";
    }
}
