using System.Text;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.Tests.Servers;
using Hermes.Testing.Contracts.States;
using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.ClientState;

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlClientStateTests(SharedServer<PostgreSqlServer> shared) : ClientStateContract, IDisposable
{
    private static readonly string[] Tables = ["entries", "queue", "deadletters", "refs", "progress", "producers", "setup", "protection"];
    private readonly ClientStateDatabase _database = new(shared);
    private IClientStateStore? _store;

    protected override IClientStateStore Store => _store ??= ClientStores.Make(_database);

    public void Dispose() => _database.Dispose();

    [ServerFact]
    public async Task What_came_of_calls_survives_the_death_of_the_process_until_the_commit_that_stores_it()
    {
        var failure = new AttemptLog(2, DateTimeOffset.UnixEpoch, "refused", [new CompletedStep("create", "id-7")], true, false) { WasBrokenOff = true };
        JournaledCall[] calls =
        [
            new(CallId.OfMessage(new BusOffset(7), "Users"), 11, 0, 42, 1, null, null), new(CallId.OfQueued(3), -12, 1, -42, 0, "link", failure),
        ];
        await using (var state = await OpenAsync())
        {
            state.ForgetJournal();
            await state.CommitAsync(ClientProgress.None, null, default);
            foreach (var call in calls)
                state.Append(call);
        }

        await using (var state = await OpenAsync())
        {
            state.Journal.Should().BeEquivalentTo(calls, options => options.ComparingByMembers<JournaledCall>().ComparingByMembers<AttemptLog>());
            state.JournalFinding.Should().Be(JournalFinding.Whole);
            state.ForgetJournal();
            await state.CommitAsync(ClientProgress.None, null, default);
        }

        await using var last = await OpenAsync();
        last.Journal.Should().BeEmpty();
    }

    [ServerFact]
    public async Task Another_machine_knows_that_it_does_not_know_what_was_done_on_this_one()
    {
        await using (var state = await OpenAsync())
        {
            for (var i = 0; i < 2; i++)
            {
                state.ForgetJournal();
                await state.CommitAsync(ClientProgress.None, null, default);
            }

            state.Append(new(CallId.OfQueued(3), 1, 1, 1, 0, null, null));
        }

        _database.CopyKey("b");
        _store = ClientStores.Make(_database, "b");

        await using var there = await OpenAsync();
        there.Journal.Should().BeEmpty();
        there.JournalFinding.Should().Be(JournalFinding.Foreign);
    }

    [ServerFact]
    public async Task Secret_values_are_readable_neither_in_the_database_nor_in_a_file_but_survive()
    {
        var letter = new DeadLetter(new BusOffset(1), default, "odd", Encoding.UTF8.GetBytes("""{"pw": "s3cret"}"""));
        var log = AttemptLog.None with { CompletedSteps = [new("create", "s3cret"), new("enable", Value.Null)] };
        await WriteAsync(Changes(queue: [new QueueChange(1, Queued(1, log))], letters: [letter]));

        // PostgreSQL shows the bytes of a row in hexadecimal digits.
        foreach (var table in Tables)
        {
            var content = await _database.ScalarAsync<string>($"SELECT coalesce(string_agg(t::text, ' '), '') FROM {{0}}.{table} t");
            foreach (var secret in new[] { "s3cret", "t0psecret" })
                content.Should().NotContain(secret).And.NotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), table);
        }

        foreach (var file in Directory.GetFiles(_database.Folder()))
            (await File.ReadAllTextAsync(file, Encoding.Latin1)).Should().NotContain("s3cret").And.NotContain("t0psecret");
        await using var read = await OpenAsync();
        (await read.ReadQueueAsync(0, 10, default))[0].Event.Secrets.Remote.Added["pw"].AsString().Should().Be("s3cret");
        (await read.ReadQueueAsync(0, 10, default))[0].Attempts.CompletedSteps[0].Result.AsString().Should().Be("s3cret");
    }

    [ServerFact]
    public async Task Files_are_for_their_owner_only()
    {
        await QueueAsync(Queued(1, AttemptLog.None));

        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.GetFiles(_database.Folder()))
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [ServerFact]
    public async Task Machine_without_the_key_is_refused_before_it_does_anything()
    {
        await QueueAsync(Queued(1, AttemptLog.None));
        _store = ClientStores.Make(_database, "b");

        await FluentActions.Awaiting(() => OpenAsync().AsTask()).Should().ThrowAsync<ClientStateException>().WithMessage("*Restore the key file*");
    }

    [ServerFact]
    public async Task Second_process_on_the_machine_of_one_that_lost_the_state_but_lives_does_not_use_its_journal()
    {
        await using var first = await OpenAsync();
        _database.RunOut();

        (await FluentActions.Awaiting(() => ClientStores.Make(_database).OpenAsync(new(TimeProvider.System, _ => { }), default).AsTask())
            .Should().ThrowAsync<ClientStateException>().WithMessage("*journal of calls*")).Which.Fault.Should().Be(FaultKind.Transient);
    }

    [ServerFact]
    public async Task Session_that_is_ended_by_an_administrator_loses_the_transaction_and_the_state_says_so_until_it_is_opened_again()
    {
        await using (var state = await OpenAsync())
        {
            await state.WriteAsync(Changes([Lost(EntryKey.Of(1))]), default);
            _database.Run(
                """
                SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
                WHERE state = 'idle in transaction' AND application_name = 'hermes-' || (SELECT owner FROM {0}.lease)
                """);

            var commit = async () => await state.CommitAsync(ClientProgress.None, null, default);
            (await commit.Should().ThrowAsync<ClientStateException>()).Which.Fault.Should().Be(FaultKind.Transient);
            await commit.Should().ThrowAsync<ClientStateException>().WithMessage("*opened again*");
            state.Lost.IsCancellationRequested.Should().BeFalse();
        }

        await using var read = await OpenAsync();
        (await read.FindAsync([Lost(EntryKey.Of(1)).Address], default)).Should().BeEmpty();
    }

    [ServerFact]
    public async Task Text_that_no_database_takes_is_kept_without_what_it_does_not_take()
    {
        await QueueAsync(Queued(1, AttemptLog.Waiting("a\0b\uD800c\U0001F600")));

        await using var read = await OpenAsync();
        (await read.ReadQueueAsync(0, 10, default))[0].Attempts.Message.Should().Be("a\uFFFDb\uFFFDc\U0001F600");
    }

    [ServerFact]
    public async Task Key_of_many_bytes_is_refused_with_the_reason()
    {
        var random = new Random(1);
        var key = EntryKey.Of(string.Concat(Enumerable.Range(0, 6000).Select(_ => (char)random.Next(32, 127))));
        await using var state = await OpenAsync();

        var write = async () => await state.WriteAsync(Changes([Lost(key)]), default);

        (await write.Should().ThrowAsync<ClientStateException>().WithMessage("*key*bytes*")).Which.Fault.Should().Be(FaultKind.Permanent);
    }

    private static TableEntry Lost(EntryKey key) => new(EntryTable.Local("Users"), StoredEntry.Settled(key, new EntryView(Entry.Of(("name", "lost")))));
}
