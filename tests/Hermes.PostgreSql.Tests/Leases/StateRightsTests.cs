using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.ClientState;
using Hermes.PostgreSql.ServerState;
using Hermes.PostgreSql.Tests.Servers;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;
using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.Leases;

/// <summary>As the page in the documentation says: a user who owns the schema of his state, and has no other right in the database.</summary>
[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class StateRightsTests(SharedServer<PostgreSqlServer> shared) : IDisposable
{
    private static readonly StateOpening Opening = new(TimeProvider.System, reason => throw new InvalidOperationException(reason));
    private readonly ClientStateDatabase _database = new(shared);
    private readonly string _user = $"u_{Guid.NewGuid():N}";

    public void Dispose() => _database.Dispose();

    [ServerFact]
    public async Task Server_needs_no_more_than_its_schema()
    {
        var store = new PostgreSqlServerStateStore(new() { ConnectionString = await MakeUserAsync(), Schema = _database.Schema });
        await using (var state = await store.OpenAsync(Opening, default))
        await using (var transaction = await state.BeginAsync(default))
        {
            await transaction.AppendEntriesAsync("Users", [new StoredRow(1, default, default, [1])], default);
            await transaction.AppendWriteBacksAsync([new StoredWriteBack(1, [1])], default);
            await transaction.CommitAsync(new ServerStateHeader("p", [], "", IsFilled: true, "", LastSequence: 0), default);
        }

        await using var again = await store.OpenAsync(Opening, default);
        await again.EraseAsync(default);
        (await again.ReadContentsAsync("Users", [1], default)).Should().ContainSingle();
    }

    [ServerFact]
    public async Task Client_needs_no_more_than_its_schema()
    {
        var options = new PostgreSqlClientStateOptions { ConnectionString = await MakeUserAsync(), Schema = _database.Schema, Folder = _database.Folder() };
        var store = new PostgreSqlClientStateStore(options, null);
        await using (var state = await store.OpenAsync(Opening, default))
            await state.CommitAsync(ClientProgress.None with { NextQueueNumber = 7 }, null, default);

        await using var again = await store.OpenAsync(Opening, default);
        again.Progress.NextQueueNumber.Should().Be(7);
    }

    [ServerFact]
    public async Task User_without_rights_is_told_which_he_lacks()
    {
        var connection = await MakeUserAsync();

        var open = () => new PostgreSqlServerStateStore(new() { ConnectionString = connection, Schema = "hermes_server_other" }).OpenAsync(Opening, default).AsTask();

        (await open.Should().ThrowAsync<ServerStateException>().WithMessage($"*permit*'{_user}'*")).Which.Fault.Should().Be(Abstractions.FaultKind.Permanent);
    }

    private async Task<string> MakeUserAsync()
    {
        _database.Run($"CREATE ROLE {_user} LOGIN PASSWORD '{PostgreSqlServer.Password}'; CREATE SCHEMA {{0}} AUTHORIZATION {_user}");
        return (await shared.GetAsync()).ConnectionTo("postgres", _user);
    }
}
