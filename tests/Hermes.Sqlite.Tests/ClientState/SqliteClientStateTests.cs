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
    public void Secret_values_are_readable_in_no_file_but_survive()
    {
        Write(state =>
        {
            state.PutQueued(Queued(1, AttemptLog.None));
            state.AddDeadLetter(new DeadLetter(new BusOffset(1), default, "odd", Encoding.UTF8.GetBytes("""{"pw": "s3cret"}""")));
            state.Commit();
            foreach (var file in Directory.GetFiles(_folder, "*.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
                ReadShared(file).Should().NotContain("s3cret").And.NotContain("t0psecret");
        });

        foreach (var file in Directory.GetFiles(_folder))
            ReadShared(file).Should().NotContain("s3cret").And.NotContain("t0psecret");
        using var read = Store.Open();
        read.ReadQueue(0, 10)[0].Event.Secrets.Remote.Added["pw"].AsString().Should().Be("s3cret");
    }

    [Fact]
    public void A_result_of_a_step_that_equals_a_secret_is_readable_in_no_file_but_survives()
    {
        Write(state => state.PutQueued(Queued(1, AttemptLog.None with { CompletedSteps = [new("create", "s3cret"), new("enable", Value.Null)] })));

        foreach (var file in Directory.GetFiles(_folder))
            ReadShared(file).Should().NotContain("s3cret");
        using var read = Store.Open();
        read.ReadQueue(0, 10)[0].Attempts.CompletedSteps.Should().Equal(new CompletedStep("create", "s3cret"), new CompletedStep("enable", Value.Null));
    }

    [Fact]
    public void All_files_are_for_their_owner_only()
    {
        Write(state => state.PutQueued(Queued(1, AttemptLog.None)));
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.GetFiles(_folder))
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public void Without_its_key_a_queue_with_secrets_is_refused_with_what_to_do()
    {
        Write(state => state.PutQueued(Queued(1, AttemptLog.None)));
        File.Delete(StatePath + ".key");

        using var state = Store.Open();
        state.Invoking(opened => opened.ReadQueue(0, 10)).Should().Throw<ClientStateException>().WithMessage("*Restore the key file*");
    }

    [Fact]
    public void A_key_file_that_others_may_read_is_refused()
    {
        Write(state => state.PutQueued(Queued(1, AttemptLog.None)));
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(StatePath + ".key", UnixFileMode.UserRead | UnixFileMode.GroupRead);

        FluentActions.Invoking(Store.Open).Should().Throw<ClientStateException>().WithMessage("*may be read by others*");
    }

    [Fact]
    public void A_file_of_something_else_is_refused()
    {
        Directory.CreateDirectory(_folder);
        using (var other = new SqliteConnection($"Data Source={StatePath};Pooling=False"))
        {
            other.Open();
            other.Execute("CREATE TABLE foreigners (id INTEGER)");
        }

        FluentActions.Invoking(Store.Open).Should().Throw<ClientStateException>().WithMessage("*not a client state of Hermes*");
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
