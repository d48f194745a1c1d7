using Hermes.Abstractions.Targets;
using Hermes.Sql.Target;
using Hermes.Sql.Tests.Servers;
using Hermes.Sql.Tests.Servers.Kinds;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;
using Hermes.TestSupport.Servers;
using Npgsql;

namespace Hermes.Sql.Tests.Target;

/// <summary>Keeps docs/targets/table.md true: the account needs no more than what stands there.</summary>
[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class TableRightsTests(SharedServer<PostgreSqlServer> shared)
{
    private const string Password = "writer-Pa55word";

    [ServerFact]
    public async Task The_rights_that_the_documentation_asks_for_are_enough()
    {
        var database = new TestDatabase(NpgsqlFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.PostgreSql);
        var writer = "w" + Guid.NewGuid().ToString("N");
        await database.RunAsync("CREATE TABLE people (id text PRIMARY KEY, name text, trashed boolean NOT NULL DEFAULT false)");
        await database.RunAsync($"CREATE ROLE {writer} LOGIN PASSWORD '{Password}'; GRANT SELECT, INSERT, UPDATE, DELETE ON people TO {writer}");
        var options = new TableTargetOptions { Trashed = TrashedRows.Flag, Tables = { ["People"] = "people" } };
        options.Connect(
            NpgsqlFactory.Instance,
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = writer, Password = Password }.ConnectionString);
        var target = new TableTarget("rights", options);
        await target.StartAsync([ContractTypes.All[0] with { Attributes = ["id", "name"], SecretAttributes = [] }], default);
        var ada = ContractTypes.Person("ada", "Ada");
        var after = ContractTypes.Person("ada", "Ada L.");

        TargetChange[] changes =
        [
            ContractTypes.Added(ada), ContractTypes.Modified(ada, after), ContractTypes.Trashed(after), ContractTypes.Recycled(after),
            ContractTypes.Removed(after), ContractTypes.Added(ada),
        ];
        foreach (var change in changes)
            await target.ApplyAsync(change, new TestTargetContext(), default);

        await using var connection = await database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT string_agg(name, ',') FROM people WHERE NOT trashed";
        (await command.ExecuteScalarAsync()).Should().Be("Ada");
    }
}
