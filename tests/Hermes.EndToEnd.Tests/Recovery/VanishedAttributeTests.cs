using Hermes.Abstractions.Notifications;
using Hermes.EndToEnd.Tests.Worlds;
using Hermes.Runtime.Control;
using Hermes.Testing.Notifications;
using Hermes.Testing.Targets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.EndToEnd.Tests.Recovery;

/// <summary>An export comes without a column's values: what the target has stays until somebody decides.</summary>
public sealed class VanishedAttributeTests : IAsyncLifetime
{
    private readonly SqliteStorage _storage = new();
    private readonly RecordingTarget _target = new();
    private readonly RecordingNotifier _notifier = new();
    private readonly World _world;

    public VanishedAttributeTests() => _world = new World(_storage, new FakeTimeProvider(World.Start)) { Notifier = _notifier };

    private IEnumerable<string> Mails => _target.Entries("Users").Values.Select(user => user.Get("mail").ToString());

    public async Task InitializeAsync()
    {
        Export("Ada", hasMails: true);
        await StartServerAsync();
        await _world.StartClientAsync(_target, client => client.DataType("Users", type => type.From("People").MapAll("id", "name", "mail")));
        (await _world.Server.InitSyncAsync()).Error.Should().BeNull();
        await _world.SettleAsync();
        Mails.Should().HaveCount(30).And.Contain("30@campus.example");
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Column_without_values_changes_nothing_in_the_target_until_that_is_approved_after_a_restart()
    {
        Export("Ada Byron", hasMails: false);
        await PollAsync();
        Mails.Should().Contain("1@campus.example").And.Contain("30@campus.example");
        _target.Entries("Users").Values.Should().Contain(user => user.Get("name") == "Ada Byron", "other changes go on");
        _notifier.About(NotificationTopic.HeldRemovals).Should().ContainSingle();

        await _world.StopServerAsync();
        await StartServerAsync();
        await PollAsync();
        var held = _world.Server.Status.AwaitingApproval.Should().ContainSingle().Subject;
        (held.Name, held.Entries.Count, held.Cached).Should().Be(("People.mail", 30, 30));
        Mails.Should().Contain("1@campus.example");
        (await _world.Server.ApproveRemovalsAsync(held.Name, held.Digest, new DecidedBy("ada", "mail is no longer ours"))).Modified.Should().Be(30);
        await _world.SettleAsync();

        _target.Entries("Users").Values.Should().HaveCount(30).And.OnlyContain(user => !user.ContainsKey("mail"));
    }

    [Fact]
    public async Task Export_that_is_whole_again_leaves_no_trace()
    {
        Export("Ada", hasMails: false);
        await PollAsync();
        var calls = _target.Calls.Count;

        Export("Ada", hasMails: true);
        await PollAsync();

        _target.Calls.Should().HaveCount(calls);
        _world.Server.Status.AwaitingApproval.Should().BeEmpty();
    }

    private Task StartServerAsync() => _world.StartServerAsync(server => server
        .PollEvery(TimeSpan.FromDays(30))
        .AddCsvSource("hr", options => options.Path = _storage.PathOf(""))
        .DataType("People", type => type.Key("id").From("hr", rows => rows.Fetch("people.csv").MapAll("id", "name", "mail"))));

    private async Task PollAsync()
    {
        (await _world.Server.UpdateAsync()).Error.Should().BeNull();
        await _world.SettleAsync();
    }

    private void Export(string firstName, bool hasMails)
    {
        var rows = Enumerable.Range(1, 30).Select(i => $"{i},{(i == 1 ? firstName : $"User {i}")},{(hasMails ? $"{i}@campus.example" : "")}");
        File.WriteAllLines(_storage.PathOf("people.new"), rows.Prepend("id,name,mail"));
        File.Move(_storage.PathOf("people.new"), _storage.PathOf("people.csv"), overwrite: true);
    }
}
