using Hermes.EndToEnd.Tests.Worlds;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.EndToEnd.Tests.BadInput;

/// <summary>State files that are not what they should be: refused with their path and what to do, left as they are, and usable again once restored.</summary>
public sealed class BadStateFilesTests : IAsyncLifetime
{
    private readonly SqliteStorage _storage = new();
    private SmallCampus? _campus;

    public static TheoryData<Damage> Damages => new(Enum.GetValues<Damage>());

    public enum Damage
    {
        Truncated,
        Text,
        OfAnother,
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_server_refuses_a_state_that_is_not_its_own(Damage damage)
    {
        var campus = _campus = await SmallCampus.LoadedAsync(_storage);
        await campus.World.StopServerAsync();
        var file = _storage.PathOf("server.db");
        var whole = Spoil(file, damage);
        var spoilt = File.ReadAllBytes(file);

        var start = async () => await campus.StartServerAsync();
        var told = await start.Should().ThrowAsync<ServerStateException>();

        told.Which.Message.Should().Contain(file);
        File.ReadAllBytes(file).Should().Equal(spoilt, "what cannot be used is left as it is");
        File.WriteAllBytes(file, whole);
        await campus.StartServerAsync();
        await campus.ShouldGoOnAsync();
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_client_stops_at_a_state_that_is_not_its_own(Damage damage)
    {
        var campus = _campus = await SmallCampus.LoadedAsync(_storage);
        await campus.World.StopClientAsync();
        var file = _storage.PathOf("client.db");
        var whole = Spoil(file, damage);
        var spoilt = File.ReadAllBytes(file);

        await campus.StartClientAsync();
        var ask = async () => await campus.World.SettleAsync();
        await ask.Should().ThrowAsync<NotRunningException>();

        campus.World.Client.Status.State.Should().Be(RunState.Failed);
        campus.World.Client.Status.LastError.Should().Contain(file);
        campus.Target.Calls.Should().HaveCount(4, "a client without its state calls nobody");
        await campus.World.StopClientAsync();
        File.ReadAllBytes(file).Should().Equal(spoilt, "what cannot be used is left as it is");
        File.WriteAllBytes(file, whole);
        await campus.StartClientAsync();
        await campus.ShouldGoOnAsync();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_campus is not null)
            await _campus.DisposeAsync();
    }

    private static byte[] Spoil(string file, Damage damage)
    {
        File.Exists(file + "-wal").Should().BeFalse("a state that was closed is one file");
        var whole = File.ReadAllBytes(file);
        switch (damage)
        {
            case Damage.Truncated:
                File.WriteAllBytes(file, whole[..(whole.Length / 2)]);
                break;
            case Damage.Text:
                File.WriteAllText(file, "id;name\n1;Ada\n");
                break;
            case Damage.OfAnother:
                File.Delete(file);
                using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
                {
                    connection.Open();
                    using var command = connection.CreateCommand();
                    command.CommandText = "CREATE TABLE songs (title TEXT)";
                    command.ExecuteNonQuery();
                }

                break;
        }

        return whole;
    }
}
