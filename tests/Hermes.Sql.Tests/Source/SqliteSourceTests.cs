using System.Data.Common;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Sql.Tests.Source;

public sealed class SqliteSourceTests : IDisposable
{
    private readonly TestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_column_may_hold_a_value_of_another_type_in_each_row()
    {
        _file.Run("CREATE TABLE t (v); INSERT INTO t VALUES (1), (2.5), ('3'), (x'04'), (NULL)");

        var rows = await TestFile.ReadAsync(_file.Source(), TestFile.Fetch("SELECT v FROM t ORDER BY rowid"));

        rows.Select(row => row["v"]).Should().Equal(1, 2.5, "3", Value.From([4]), Value.Null);
    }

    [Fact]
    public async Task A_missing_file_is_an_error_and_is_not_created()
    {
        var read = () => TestFile.ReadAsync(_file.Source(), TestFile.Fetch("SELECT 1"));

        var failure = (await read.Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain("'hr'").And.Contain(_file.Path).And.Contain("does not exist");
        File.Exists(_file.Path).Should().BeFalse();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_an_error_that_says_so()
    {
        await File.WriteAllTextAsync(_file.Path, string.Concat(Enumerable.Repeat("This is a letter, not a database. ", 100)));
        var read = () => TestFile.ReadAsync(_file.Source(), TestFile.Fetch("SELECT * FROM t"));

        var failure = (await read.Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain("is not a database");
    }

    [Fact]
    public async Task A_file_that_another_process_has_locked_is_a_fault_that_may_pass()
    {
        _file.Run("CREATE TABLE t (v)");
        using var other = new Microsoft.Data.Sqlite.SqliteConnection(_file.ConnectionString);
        other.Open();
        using var transaction = other.BeginTransaction();
        var write = () => _file.Source(options => options.CommandTimeout = TimeSpan.FromSeconds(1))
            .ExecuteAsync(TestFile.Fetch("DELETE FROM t") with { Kind = SourceOperationKind.Delete }, CancellationToken.None);

        (await write.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Transient);
    }

    [Fact]
    public async Task Two_columns_of_the_same_name_are_an_error_that_names_them()
    {
        _file.Run("CREATE TABLE t (id); INSERT INTO t VALUES (1)");
        var read = () => TestFile.ReadAsync(_file.Source(), TestFile.Fetch("SELECT a.id, b.id FROM t a, t b"));

        var failure = (await read.Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain("'id'").And.Contain("alias");
    }

    [Fact]
    public async Task Only_the_columns_that_are_needed_are_read()
    {
        _file.Run("CREATE TABLE t (id, other); INSERT INTO t VALUES (1, 9e999)");

        var rows = await TestFile.ReadAsync(_file.Source(), TestFile.Fetch("SELECT * FROM t") with { Attributes = ["id"] });

        rows.Should().ContainSingle().Which.Keys.Should().Equal("id");
    }

    [Fact]
    public async Task A_row_shows_all_its_columns_if_a_needed_one_is_missing()
    {
        _file.Run("CREATE TABLE t (ID, name); INSERT INTO t VALUES (1, 'a')");

        var rows = await TestFile.ReadAsync(_file.Source(), TestFile.Fetch("SELECT * FROM t") with { Attributes = ["id"] });

        rows.Should().ContainSingle().Which.Keys.Should().Equal("ID", "name");
    }

    [Fact]
    public async Task A_number_that_is_not_finite_is_an_error_that_names_source_and_column()
    {
        _file.Run("CREATE TABLE t (id, quota); INSERT INTO t VALUES (1, 9e999)");
        var read = () => TestFile.ReadAsync(_file.Source(), TestFile.Fetch("SELECT * FROM t"));

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("'hr'").And.Contain("'quota'").And.Contain("finite");
    }

    [Fact]
    public async Task Connections_of_a_data_source_or_a_function_do_as_well()
    {
        _file.Run("CREATE TABLE t (v); INSERT INTO t VALUES (1)");
        await using var dataSource = Microsoft.Data.Sqlite.SqliteFactory.Instance.CreateDataSource(_file.ConnectionString);

        var rows = await TestFile.ReadAsync(_file.Source(options => options.Connect(dataSource)), TestFile.Fetch("SELECT v FROM t"));
        rows.AddRange(await TestFile.ReadAsync(
            _file.Source(options => options.Connect(() => new Microsoft.Data.Sqlite.SqliteConnection(_file.ConnectionString))), TestFile.Fetch("SELECT v FROM t")));

        rows.Should().HaveCount(2);
    }

    [Fact]
    public async Task An_in_memory_database_that_stays_open_can_be_read()
    {
        const string Shared = "Data Source=shared-memory;Mode=Memory;Cache=Shared";
        using var keeper = new Microsoft.Data.Sqlite.SqliteConnection(Shared);
        keeper.Open();
        using (var command = keeper.CreateCommand())
        {
            command.CommandText = "CREATE TABLE t (v); INSERT INTO t VALUES (7)";
            command.ExecuteNonQuery();
        }

        var rows = await TestFile.ReadAsync(
            _file.Source(options => options.Connect((DbProviderFactory)Microsoft.Data.Sqlite.SqliteFactory.Instance, Shared)), TestFile.Fetch("SELECT v FROM t"));

        rows.Should().ContainSingle().Which["v"].Should().Be(Value.From(7));
    }
}
