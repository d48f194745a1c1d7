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
