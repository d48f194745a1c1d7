using Hermes.EndToEnd.Tests.Worlds;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.EndToEnd.Tests.Recovery;

/// <summary>Signatures from one end to the other, and how they are taken into use.</summary>
public sealed class SignedEventsTests
{
    private const string Key = "the key of the campus server, 2026";
    private const string NextKey = "the key of the campus server, 2027";

    [Fact]
    public async Task Keys_are_taken_into_use_and_replaced_without_losing_an_event()
    {
        await using var campus = await SmallCampus.LoadedAsync(new SqliteStorage());
        await RestartServerAsync(campus, Key);
        await ChangeAsync(campus, "Signed");
        await RestartClientAsync(campus, Key);
        await ChangeAsync(campus, "Checked");
        await RestartClientAsync(campus, Key, NextKey);
        await RestartServerAsync(campus, NextKey);
        await ChangeAsync(campus, "Replaced");
        await RestartClientAsync(campus, NextKey);
        await ChangeAsync(campus, "Settled");

        (await campus.World.Client.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_client_with_a_key_takes_nothing_of_a_server_without_and_goes_on_with_the_next_initsync_that_is_signed()
    {
        await using var campus = await SmallCampus.LoadedAsync(new SqliteStorage());
        await RestartClientAsync(campus, Key);
        campus.Users.Set("2", "last", "Unsigned");
        await campus.PollAsync();
        campus.Names.Should().Equal("Ada Byron", "Bob Hope");
        (await campus.World.Client.ListDeadLettersAsync()).Items.Should().ContainSingle().Which.Reason.Should().Contain("not signed");

        await RestartServerAsync(campus, Key);
        (await campus.World.Server.InitSyncAsync()).Error.Should().BeNull();
        await campus.World.SettleAsync();

        campus.Names.Should().Equal("Ada Byron", "Bob Unsigned");
        await ChangeAsync(campus, "Signed");
    }

    private static async Task RestartServerAsync(SmallCampus campus, string key)
    {
        await campus.World.StopServerAsync();
        await campus.StartServerAsync(server => server.Configure(options => options.SigningKey = key));
    }

    private static async Task RestartClientAsync(SmallCampus campus, params string[] keys)
    {
        await campus.World.StopClientAsync();
        campus.Options = options =>
        {
            foreach (var key in keys)
                options.SigningKeys.Add(key);
        };
        await campus.StartClientAsync();
        await campus.World.SettleAsync();
    }

    private static async Task ChangeAsync(SmallCampus campus, string name)
    {
        campus.Users.Set("2", "last", name);
        await campus.PollAsync();
        campus.Names.Should().Equal("Ada Byron", $"Bob {name}");
    }
}
