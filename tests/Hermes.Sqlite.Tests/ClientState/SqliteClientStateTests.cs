using System.Text;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Sqlite.ClientState;
using Hermes.Testing.Contracts.States;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.Tests.ClientState;

public sealed class SqliteClientStateTests : ClientStateContract, IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "hermes-tests", Guid.NewGuid().ToString("N"));

    public SqliteClientStateTests()
    {
        StatePath = Path.Combine(_folder, "client.db");
        Store = new SqliteClientStateStore(StatePath, null);
    }

    protected override IClientStateStore Store { get; }

    private string StatePath { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_event_that_an_earlier_version_queued_gets_a_name_for_good()
    {
        var older = ClientStateFormat.Format with { Versions = [.. ClientStateFormat.Format.Versions.Take(2)] };
        Directory.CreateDirectory(_folder);
        using (var database = SqliteDatabase.Open(StatePath, older))
        {
            database.Execute("INSERT INTO queue (number, type, key, kind, remotetype, since, attempts, message, steps, partial, inflight, brokenoff) "
                + $"VALUES (7, 'Users', x'{Convert.ToHexString(Hermes.Diff.Encoding.EntryCodec.EncodeKey(EntryKey.Of(1)))}', 3, 'SRVUsers', 42, 0, '', '[]', 0, 0, 0)");
        }

        await using var state = await OpenAsync();

        (await state.ReadQueueAsync(0, 10, default)).Should().ContainSingle().Which.Event.Origin.Should().Be(new EventOrigin("client-42", 7));
    }

    [Fact]
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

        var backup = StatePath + ".backup";
        File.Copy(StatePath, backup);
        await using (var state = await OpenAsync())
        {
            state.Journal.Should().BeEquivalentTo(calls, options => options.ComparingByMembers<JournaledCall>().ComparingByMembers<AttemptLog>());
            ReadShared(StatePath + ".calls").Should().NotContain("id-7");
            await state.CommitAsync(ClientProgress.None, null, default);
        }

        await using (var state = await OpenAsync())
        {
            state.Journal.Should().HaveCount(2, "it was not said that all is stored");
            state.ForgetJournal();
            await state.CommitAsync(ClientProgress.None, null, default);
            state.Append(calls[0]);
        }

        await using (var state = await OpenAsync())
            state.Journal.Should().HaveCount(1);
        File.Copy(backup, StatePath, overwrite: true);
        await using (var state = await OpenAsync())
            state.Journal.Should().BeEmpty("the state was restored: the journal is that of another time");
    }

    [Fact]
    public async Task Secret_values_are_readable_in_no_file_but_survive()
    {
        await using (var state = await OpenAsync())
        {
            var letter = new DeadLetter(new BusOffset(1), default, "odd", Encoding.UTF8.GetBytes("""{"pw": "s3cret"}"""));
            await state.WriteAsync(Changes(queue: [new QueueChange(1, Queued(1, AttemptLog.None))], letters: [letter]), default);
            await state.CommitAsync(ClientProgress.None, null, default);
            foreach (var file in Directory.GetFiles(_folder, "*.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
                ReadShared(file).Should().NotContain("s3cret").And.NotContain("t0psecret");
        }

        foreach (var file in Directory.GetFiles(_folder))
            ReadShared(file).Should().NotContain("s3cret").And.NotContain("t0psecret");
        await using var read = await OpenAsync();
        (await read.ReadQueueAsync(0, 10, default))[0].Event.Secrets.Remote.Added["pw"].AsString().Should().Be("s3cret");
    }

    [Fact]
    public async Task A_result_of_a_step_that_equals_a_secret_is_readable_in_no_file_but_survives()
    {
        await QueueAsync(Queued(1, AttemptLog.None with { CompletedSteps = [new("create", "s3cret"), new("enable", Value.Null)] }));

        foreach (var file in Directory.GetFiles(_folder))
            ReadShared(file).Should().NotContain("s3cret");
        await using var read = await OpenAsync();
        (await read.ReadQueueAsync(0, 10, default))[0].Attempts.CompletedSteps.Should().Equal(new CompletedStep("create", "s3cret"), new CompletedStep("enable", Value.Null));
    }

    [Fact]
    public async Task All_files_are_for_their_owner_only()
    {
        await QueueAsync(Queued(1, AttemptLog.None));
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.GetFiles(_folder))
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public async Task Without_its_key_a_queue_with_secrets_is_refused_with_what_to_do()
    {
        await QueueAsync(Queued(1, AttemptLog.None));
        File.Delete(StatePath + ".key");

        await using var state = await OpenAsync();
        await state.Awaiting(opened => opened.ReadQueueAsync(0, 10, default).AsTask()).Should().ThrowAsync<ClientStateException>().WithMessage("*Restore the key file*");
    }

    [Fact]
    public async Task A_key_file_that_others_may_read_is_refused()
    {
        await QueueAsync(Queued(1, AttemptLog.None));
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(StatePath + ".key", UnixFileMode.UserRead | UnixFileMode.GroupRead);

        await FluentActions.Awaiting(() => OpenAsync().AsTask()).Should().ThrowAsync<ClientStateException>().WithMessage("*may be read by others*");
    }

    [Fact]
    public async Task A_file_of_something_else_is_refused()
    {
        Directory.CreateDirectory(_folder);
        using (var other = new SqliteConnection($"Data Source={StatePath};Pooling=False"))
        {
            other.Open();
            other.Execute("CREATE TABLE foreigners (id INTEGER)");
        }

        await FluentActions.Awaiting(() => OpenAsync().AsTask()).Should().ThrowAsync<ClientStateException>().WithMessage("*not a client state of Hermes*");
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
