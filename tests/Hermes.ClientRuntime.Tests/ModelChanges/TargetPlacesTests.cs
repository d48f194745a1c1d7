using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Tests.Comparison;
using Hermes.Runtime.Control;
using Hermes.Testing.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.ModelChanges;

/// <summary>Settings of a target by which it keeps objects elsewhere than before.</summary>
public sealed class TargetPlacesTests : IAsyncLifetime
{
    private readonly RecordingNotifier _notifier = new();
    private readonly ClientHarness _harness = new();

    public Task InitializeAsync()
    {
        _harness.Notifier = _notifier;
        return _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
    }

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Where_objects_are_found_by_links_that_were_set_a_new_place_is_told_once()
    {
        var target = new ReadableObjects { Place = "ou=people" };
        await StartAsync(target);
        _notifier.About(NotificationTopic.TargetPlaces).Should().BeEmpty();

        await StartAsync(target.At("ou=staff"));
        await StartAsync(target.At("ou=staff"));

        _notifier.About(NotificationTopic.TargetPlaces).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Previous = new[] { "Users: ou=people" }, Current = new[] { "Users: ou=staff" } });
    }

    [Fact]
    public async Task Where_objects_would_be_lost_the_client_stops_and_changes_nothing_until_somebody_accepts_it()
    {
        var target = new ReadableObjects { Place = "table people", IsByKey = true };
        await StartAsync(target);

        await StartAsync(target.At("table persons"), isApplied: false);
        await _harness.Invoking(harness => harness.AppliedAsync()).Should().ThrowAsync<NotRunningException>()
            .WithMessage("*keeps Users at table persons now, while what it was given is at table people*AcceptMovedTarget*");
        _notifier.About(NotificationTopic.TargetPlaces).Should().BeEmpty();

        await StartAsync(target.At("table people"));
        await StartAsync(target.At("table persons"), accepts: true);
        _notifier.About(NotificationTopic.TargetPlaces).Should().ContainSingle();
        (await _harness.Control.ListEntriesAsync(EntryTable.Local("Users"))).Items.Single().Link.Should().Be("table persons/Users/1");

        await StartAsync(target.At("table persons"));
    }

    private async Task StartAsync(ReadableObjects target, bool accepts = false, bool isApplied = true)
    {
        await _harness.StopAsync();
        await _harness.StartAsync(target, client => client
            .DataType("Users", type => type.From("SRVUsers").Map("login"))
            .Configure(options => options.AcceptMovedTarget = accepts));
        if (isApplied)
            await _harness.AppliedAsync();
    }
}
