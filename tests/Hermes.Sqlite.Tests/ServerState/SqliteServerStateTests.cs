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
    public void Files_and_folder_can_be_read_by_their_owner_only()
    {
        using var state = Store.Open();

        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, "state")))
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, "{0} holds personal data", file);
        File.GetUnixFileMode(Path.Combine(_folder, "state")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_file_that_is_no_state_is_refused_and_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StatePath)!);
        File.WriteAllText(StatePath, "This is a text and not a database, long enough to have a header of a hundred bytes or even more than that.");

        var open = () => Store.Open();

        open.Should().Throw<ServerStateException>().WithMessage($"*{StatePath}*not a database*");
        File.ReadAllText(StatePath).Should().StartWith("This is a text");
    }

    [Fact]
    public void A_state_that_was_cut_short_is_refused()
    {
        using (var state = Store.Open())
        using (var draft = state.BeginDraft(DateTimeOffset.UnixEpoch))
        {
            for (var i = 0; i < 1000; i++)
                draft.Insert("Users", new StoredRow(default, default, new byte[200]), null);
            draft.Commit(new ServerStateHeader("p", [], "", IsFilled: true, ""));
        }

        using (var file = new FileStream(StatePath, FileMode.Open))
            file.SetLength(file.Length / 2);

        var open = () => Store.Open();
        open.Should().Throw<ServerStateException>().WithMessage("*is damaged*");
    }

    [Fact]
    public void A_failed_opening_leaves_the_state_free_for_the_next_one()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StatePath)!);
        File.WriteAllText(StatePath, new string('x', 200));
        var open = () => Store.Open();
        open.Should().Throw<ServerStateException>();
        File.Delete(StatePath);

        Store.Open().Dispose();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
