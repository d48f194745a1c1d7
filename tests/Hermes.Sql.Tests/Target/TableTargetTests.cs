using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Sql.Target;
using Hermes.Testing.Contracts.Sources;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;
using Microsoft.Data.Sqlite;

namespace Hermes.Sql.Tests.Target;

public sealed class TableTargetTests : IDisposable
{
    private readonly TestFile _file = new();
    private readonly TableTargetOptions _options = new();

    public TableTargetTests()
    {
        _file.Run("CREATE TABLE People (id TEXT PRIMARY KEY, name TEXT, note TEXT)");
        _options.Connect(SqliteFactory.Instance, _file.ConnectionString);
        foreach (var attribute in new[] { "mail", "age", "jobs", "code" })
            _options.Ignored.Add($"People.{attribute}");
    }

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_trashed_row_stays_by_default()
    {
        var target = await StartAsync();
        var ada = ContractTypes.Person("ada", "Ada");
        await ApplyAsync(target, ContractTypes.Added(ada), ContractTypes.Trashed(ada));
        (await ReadAsync()).Should().ContainSingle();

        await ApplyAsync(target, ContractTypes.Removed(ada));
        (await ReadAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Rows_are_found_by_a_key_that_changed()
    {
        var target = await StartAsync();
        await ApplyAsync(target, ContractTypes.Added(ContractTypes.Person("ada", "Ada")), ContractTypes.Added(ContractTypes.Person("bob", "Bob")));

        await target.StartAsync([ContractTypes.All[0] with { Key = ["name"] }, .. ContractTypes.All.Skip(1)], default);
        await ApplyAsync(target, new EntryRemoved(ContractTypes.People, EntryKey.Of("Ada"), ContractTypes.Person("ada", "Ada")));

        (await ReadAsync()).Should().ContainSingle().Which["id"].Should().Be((Value)"bob");
    }

    [Fact]
    public async Task Columns_that_are_not_mapped_are_left_alone()
    {
        _options.Ignored.Add("People.note");
        _file.Run("INSERT INTO People VALUES ('ada', 'Old', 'written by hand')");

        await ApplyAsync(await StartAsync(), ContractTypes.Added(ContractTypes.Person("ada", "Ada", ("note", "from the source"))));

        (await ReadAsync()).Single()["note"].Should().Be(Value.From("written by hand"));
    }

    [Fact]
    public async Task Column_of_an_attribute_that_the_client_no_longer_has_is_emptied_where_there_is_one()
    {
        var ada = ContractTypes.Person("ada", "Ada", ("note", "from the source"));
        await ApplyAsync(await StartAsync(), ContractTypes.Added(ada));
        var target = new TableTarget("c", _options);
        var people = ContractTypes.All[0];
        await target.StartAsync([people with { Attributes = people.Attributes.Remove("note") }, .. ContractTypes.All.Skip(1)], default);

        await ApplyAsync(target, ContractTypes.Modified(ada, ContractTypes.Person("ada", "Ada")));
        (await ReadAsync()).Single()["note"].IsSet.Should().BeFalse();

        _file.Run("ALTER TABLE People DROP COLUMN note");
        await ApplyAsync(target, ContractTypes.Modified(ada, ContractTypes.Person("ada", "Ida")));
        (await ReadAsync()).Single()["name"].Should().Be(Value.From("Ida"));
    }

    [Theory]
    [InlineData("Tables", "Nobody")]
    [InlineData("Columns", "People.nothing")]
    [InlineData("Ignored", "People.nothing")]
    public async Task A_setting_about_something_unknown_is_an_error_at_start(string setting, string name)
    {
        switch (setting)
        {
            case "Tables": _options.Tables[name] = "t"; break;
            case "Columns": _options.Columns[name] = "c"; break;
            default: _options.Ignored.Add(name); break;
        }

        var start = StartAsync;

        var failure = (await start.Should().ThrowAsync<TargetException>()).Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain(setting).And.Contain(name);
    }

    [Fact]
    public async Task A_key_without_attribute_and_two_attributes_for_one_column_are_errors_at_start()
    {
        var target = new TableTarget("c", _options);
        var unmapped = async () => await target.StartAsync([ContractTypes.All[0] with { Key = [""] }, ContractTypes.All[1]], default);
        (await unmapped.Should().ThrowAsync<TargetException>()).WithMessage("*key*");

        _options.Columns["People.note"] = "name";
        var twice = StartAsync;
        (await twice.Should().ThrowAsync<TargetException>()).WithMessage("*'name'*");
    }

    [Fact]
    public async Task A_missing_table_is_a_permanent_fault_that_names_it()
    {
        _options.Tables["People"] = "nowhere";
        var apply = async () => await ApplyAsync(await StartAsync(), ContractTypes.Added(ContractTypes.Person("ada", "Ada")));

        var failure = (await apply.Should().ThrowAsync<TargetException>()).Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain("nowhere").And.Contain("People[ada]");
    }

    [Fact]
    public async Task A_list_becomes_json_text()
    {
        _options.Ignored.Remove("People.jobs");
        _options.Columns["People.jobs"] = "note";
        _options.Ignored.Add("People.note");

        await ApplyAsync(await StartAsync(), ContractTypes.Added(ContractTypes.Person("ada", "Ada", ("jobs", ValueList.Create(["é", "b, c"])))));

        (await ReadAsync()).Single()["note"].Should().Be(Value.From("""["é","b, c"]"""));
    }

    private async Task<TableTarget> StartAsync()
    {
        var target = new TableTarget("c", _options);
        await target.StartAsync(ContractTypes.All, default);
        return target;
    }

    private Task<List<Dictionary<string, Value>>> ReadAsync() => _file.Source().ReadAllAsync(TestFile.Fetch("SELECT * FROM People"));

    private static async Task ApplyAsync(TableTarget target, params TargetChange[] changes)
    {
        foreach (var change in changes)
            await target.ApplyAsync(change, new TestTargetContext(), default);
    }
}
