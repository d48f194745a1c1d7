using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;
using Hermes.Sqlite.ServerState;
using Hermes.Testing.Contracts.States;

namespace Hermes.Sqlite.Tests.ServerState;

public sealed class SqliteServerStateTests : ServerStateContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-state-").FullName;

    protected override IServerStateStore Store => new SqliteServerStateStore(StatePath);

    private string StatePath => Path.Combine(_folder, "state", "server.db");

    [Fact]
    public async Task Files_and_folder_can_be_read_by_their_owner_only()
    {
        await using var state = await OpenAsync();

        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, "state")))
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, "{0} holds personal data", file);
        File.GetUnixFileMode(Path.Combine(_folder, "state")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_file_that_is_no_state_is_refused_and_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StatePath)!);
        File.WriteAllText(StatePath, "This is a text and not a database, long enough to have a header of a hundred bytes or even more than that.");

        var open = OpenAsync;

        await open.Should().ThrowAsync<ServerStateException>().WithMessage($"*{StatePath}*not a database*");
        File.ReadAllText(StatePath).Should().StartWith("This is a text");
    }

    [Fact]
    public async Task A_state_that_was_cut_short_is_refused()
    {
        await using (var state = await OpenAsync())
        await using (var transaction = await state.BeginAsync(default))
        {
            await transaction.AppendEntriesAsync(
                "Users", [.. Enumerable.Range(1, 1000).Select(i => new StoredRow(i, default, default, new byte[200]))], default);
            await transaction.CommitAsync(new ServerStateHeader("p", [], "", IsFilled: true, "", LastSequence: 0), default);
        }

        using (var file = new FileStream(StatePath, FileMode.Open))
            file.SetLength(file.Length / 2);

        var open = OpenAsync;
        await open.Should().ThrowAsync<ServerStateException>().WithMessage("*is damaged*");
    }

    [Fact]
    public async Task A_failed_opening_leaves_the_state_free_for_the_next_one()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StatePath)!);
        File.WriteAllText(StatePath, new string('x', 200));
        var open = OpenAsync;
        await open.Should().ThrowAsync<ServerStateException>();
        File.Delete(StatePath);

        await (await OpenAsync()).DisposeAsync();
    }

    private Task<IServerState> OpenAsync() => Store.OpenAsync(new StateOpening(TimeProvider.System, _ => { }), default).AsTask();

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
