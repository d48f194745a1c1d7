using Hermes.ClientRuntime.Control;
using Hermes.EndToEnd.Tests.Worlds;
using Hermes.EndToEnd.Tests.Years;
using Hermes.Runtime.Control;
using Microsoft.Data.Sqlite;

namespace Hermes.EndToEnd.Tests.Recovery;

/// <summary>Parts of a campus on SQLite files are lost or put back: in the end the target equals the source, and what left meanwhile has left.</summary>
public sealed class LostPartsTests : IAsyncLifetime
{
    private readonly SqliteStorage _storage = new();
    private SmallCampus? _campus;

    private SmallCampus Campus => _campus!;

    private IHermesClientControl Client => Campus.World.Client;

    public async Task InitializeAsync() => _campus = await SmallCampus.LoadedAsync(_storage);

    public async Task DisposeAsync() => await Campus.DisposeAsync();

    [Fact]
    public async Task A_client_that_was_away_longer_than_the_bus_keeps_messages_removes_who_left_meanwhile()
    {
        await Campus.World.StopClientAsync();
        LetAdaLeaveAndCleoCome();
        (await Campus.World.Server.UpdateAsync()).Error.Should().BeNull();
        EmptyBus();
        await Campus.StartClientAsync();
        await UntilAsync(RunState.Behind);
        Client.Status.Behind.Should().Contain("retention").And.Contain("ask the server for one");

        (await Campus.World.Server.InitSyncAsync()).Error.Should().BeNull();
        await UntilAsync(RunState.Waiting);
        Campus.Names.Should().Equal("Bob Hope", "Cleo Pratt");
        await ShouldGoOnAsync();
    }

    [Fact]
    public async Task A_client_that_is_asked_to_re_initialise_changes_nothing_that_is_right()
    {
        Campus.Users.Add("3", "Cleo", "Pratt");
        await Campus.PollAsync();
        var calls = Campus.Target.Calls.Count;
        (await Client.ReinitialiseAsync("Eve: to be sure")).Should().BeTrue();
        await Campus.World.SettleAsync();
        Campus.Target.Calls.Should().HaveCount(calls);
        await Campus.PollAsync();
        Campus.Names.Should().Equal("Ada Byron", "Bob Hope", "Cleo Pratt");
    }

    private void LetAdaLeaveAndCleoCome()
    {
        Campus.Users.Remove("1");
        Campus.Users.Add("3", "Cleo", "Pratt");
    }

    private async Task ShouldGoOnAsync()
    {
        Campus.Users.Set("2", "last", "Dylan");
        await Campus.PollAsync();
        Campus.Names.Should().Contain("Bob Dylan");
        Client.Status.Behind.Should().BeNull();
        (await Client.ListErrorQueueAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_whose_state_was_deleted_makes_good_what_nobody_told()
    {
        await Campus.World.StopServerAsync();
        LetAdaLeaveAndCleoCome();
        Delete("server.db");
        await RestartServerAsync();

        Campus.Names.Should().Equal("Bob Hope", "Cleo Pratt");
        await ShouldGoOnAsync();
        (await Client.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_bus_that_was_deleted_and_has_grown_past_the_place_of_the_client_is_known_as_another_one()
    {
        await Campus.World.StopServerAsync();
        await Campus.World.StopClientAsync();
        LetAdaLeaveAndCleoCome();
        Delete("bus.db");
        await RestartServerAsync();
        for (var i = 0; i < 40; i++)
        {
            Campus.Users.Set("3", "first", $"Cleo {i}");
            (await Campus.World.Server.UpdateAsync()).Error.Should().BeNull();
        }

        await Campus.StartClientAsync();
        await Campus.World.SettleAsync();
        await UntilAsync(RunState.Waiting);
        Campus.Names.Should().Equal("Bob Hope", "Cleo 39 Pratt");
        await ShouldGoOnAsync();
    }

    [Fact]
    public async Task A_bus_that_was_put_back_and_has_grown_past_the_place_of_the_client_is_noticed()
    {
        await Campus.World.StopServerAsync();
        var copy = Copy("bus.db");
        await Campus.StartServerAsync();
        LetAdaLeaveAndCleoCome();
        await Campus.PollAsync();
        Campus.Names.Should().Equal("Bob Hope", "Cleo Pratt");
        await Campus.World.StopClientAsync();
        await Campus.World.StopServerAsync();

        Delete("bus.db");
        foreach (var (path, content) in copy)
            await File.WriteAllBytesAsync(path, content);
        Campus.Users.Set("2", "last", "Dylan");
        await RestartServerAsync();
        await Campus.StartClientAsync();
        await Campus.World.SettleAsync();
        await UntilAsync(RunState.Waiting);

        Campus.Names.Should().Equal("Bob Dylan", "Cleo Pratt");
        Client.Status.DeadLetters.Should().Be(0);
        await ShouldGoOnAsync();
    }

    [Fact]
    public async Task Bus_and_state_of_the_server_that_were_deleted_together_are_made_good_by_an_initsync()
    {
        await Campus.World.StopServerAsync();
        await Campus.World.StopClientAsync();
        LetAdaLeaveAndCleoCome();
        Delete("bus.db");
        Delete("server.db");
        await RestartServerAsync();
        (await Campus.World.Server.InitSyncAsync()).Error.Should().BeNull();
        await Campus.StartClientAsync();
        await Campus.World.SettleAsync();
        await UntilAsync(RunState.Waiting);
        Campus.Names.Should().Equal("Bob Hope", "Cleo Pratt");
        await ShouldGoOnAsync();
    }

    [Fact]
    public async Task A_server_whose_state_was_put_back_to_an_older_copy_makes_good_what_it_forgot()
    {
        await Campus.World.StopServerAsync();
        var copy = Copy("server.db");
        await Campus.StartServerAsync();
        LetAdaLeaveAndCleoCome();
        (await Campus.World.Server.UpdateAsync()).Error.Should().BeNull();
        await Campus.World.SettleAsync();
        Campus.Names.Should().Equal("Bob Hope", "Cleo Pratt");
        await Campus.World.StopServerAsync();

        Delete("server.db");
        foreach (var (path, content) in copy)
            await File.WriteAllBytesAsync(path, content);
        Campus.Users.Set("3", "first", "Chloe");
        await RestartServerAsync();

        Campus.Names.Should().Equal("Bob Hope", "Chloe Pratt");
        await ShouldGoOnAsync();
    }

    [Fact]
    public async Task A_misspelt_type_in_the_clients_configuration_removes_nothing()
    {
        await Campus.World.StopClientAsync();
        await Campus.World.StartClientAsync(Campus.Target, ClientSide.First.With("Users", "SRVUser", ("display", "{{ first ~ ' ' ~ last }}")).Describe);
        await Campus.World.SettleAsync();
        Client.Status.Warnings.Should().Contain(warning => warning.Contains("'SRVUser', which the server does not send. It sends: SRVUsers"));
        await Campus.ShouldGoOnAsync();
    }

    // As the retention does, or somebody who makes room.
    private async Task RestartServerAsync()
    {
        await Campus.StartServerAsync();
        (await Campus.World.Server.UpdateAsync()).Error.Should().BeNull();
        if (Campus.World.IsClientRunning)
            await Campus.World.SettleAsync();
    }

    private void Delete(string file)
    {
        SqliteConnection.ClearAllPools();
        foreach (var part in Directory.GetFiles(Path.GetDirectoryName(_storage.PathOf(file))!, file + "*"))
            File.Delete(part);
    }

    private Dictionary<string, byte[]> Copy(string file)
    {
        SqliteConnection.ClearAllPools();
        return Directory.GetFiles(Path.GetDirectoryName(_storage.PathOf(file))!, file + "*")
            .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal))
            .ToDictionary(path => path, File.ReadAllBytes);
    }

    private void EmptyBus()
    {
        using var connection = new SqliteConnection($"Data Source={_storage.PathOf("bus.db")};Pooling=False");
        connection.Open();
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM hermesmessages";
        delete.ExecuteNonQuery();
    }

    private async Task UntilAsync(RunState state)
    {
        while (Client.Status.State != state)
            await Task.Yield();
    }
}
