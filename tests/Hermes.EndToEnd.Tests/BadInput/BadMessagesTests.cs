using System.Text;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.EndToEnd.Tests.Worlds;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Runtime.Control;
using Hermes.Testing.Buses;

namespace Hermes.EndToEnd.Tests.BadInput;

/// <summary>Messages on the bus that cannot be used: set aside with offset and reason, while everything that was applied stays and what follows arrives.</summary>
public sealed class BadMessagesTests : IAsyncLifetime
{
    private const string Removal = """{"evcategory":"base","eventtype":"removed","objtype":"SRVUsers","objpkey":"7","objattrs":{}}""";

    private readonly InMemoryBus _bus = new() { RefusesDuplicates = false };
    private SmallCampus? _campus;

    public static TheoryData<string, string> Messages => new()
    {
        { "{ no json", "JSON" },
        { "", "JSON" },
        { """{"evcategory":"base","eventtype":"exploded","objtype":"SRVUsers","objpkey":"1","objattrs":{}}""", "exploded" },
        { """{"evcategory":"base","eventtype":"added","objtype":"SRVUsers","objpkey":"1","objattrs":{"id":"1","first":"X"}}""", "already there" },
        { """{"evcategory":"base","eventtype":"added","objtype":"SRVCars","objpkey":"1","objattrs":{"id":"1"}}""", "'SRVCars'" },
        { """{"evcategory":"base","eventtype":"added","objtype":"SRVUsers","objpkey":["1","2"],"objattrs":{"id":"1"}}""", "2" },
        {
            """{"evcategory":"base","eventtype":"modified","objtype":"SRVUsers","objpkey":"7","objattrs":{"added":{},"modified":{"first":"X"},"removed":{}}}""",
            "SRVUsers[7] was modified, but it is not there"
        },
        { Removal, "SRVUsers[7] was removed, but it is not there" },
        {
            """{"evcategory":"base","eventtype":"dataschema","objtype":null,"objpkey":null,"objattrs":{"SRVUsers":{"HERMES_ATTRIBUTES":["id","phone"],"""
            + """ "SECRETS_ATTRIBUTES":[],"PRIMARYKEY_ATTRIBUTE":"phone","FOREIGN_KEYS":{}}}}""",
            "does not have a value for it"
        },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_that_cannot_be_used_is_set_aside_and_the_client_goes_on(string message, string reason)
    {
        var campus = await LoadAsync(options => options.AcceptOtherProducers = true);

        await SendAsync(Encoding.UTF8.GetBytes(message));

        await OneDeadLetterAsync(campus, reason);
        var letter = (await campus.World.Client.ListDeadLettersAsync()).Items[0];
        Encoding.UTF8.GetString(letter.Body.Span).Should().Be(message);
        campus.Target.Calls.Should().HaveCount(4, "nothing was called, and nothing undone");
        await campus.ShouldGoOnAsync();
    }

    [Fact]
    public async Task Ten_megabytes_of_nonsense_are_set_aside()
    {
        var campus = await LoadAsync(options => options.AcceptOtherProducers = true);

        await SendAsync(Encoding.UTF8.GetBytes(new string('[', 10_000_000)));

        await OneDeadLetterAsync(campus, "JSON");
        await campus.ShouldGoOnAsync();
    }

    [Fact]
    public async Task An_entry_of_ten_megabytes_goes_the_whole_way()
    {
        var campus = await LoadAsync(options => options.AcceptOtherProducers = true);
        campus.Users.Set("1", "first", new string('x', 10_000_000));
        await campus.PollAsync();

        campus.Target.Entries("Users")[EntryKey.Of("1")]["display"].AsString().Should().HaveLength(10_000_000 + " Byron".Length);
        (await campus.World.Client.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_second_removal_of_an_entry_is_set_aside()
    {
        var campus = await LoadAsync(options => options.AcceptOtherProducers = true);
        campus.Users.Remove("2");
        await campus.PollAsync();

        await SendAsync(Encoding.UTF8.GetBytes(Removal.Replace("\"7\"", "\"2\"", StringComparison.Ordinal)));

        await OneDeadLetterAsync(campus, "SRVUsers[2] was removed, but it is not there");
        campus.Users.Add("2", "Bob", "Hope");
        await campus.ShouldGoOnAsync();
    }

    [Fact]
    public async Task A_repeat_of_what_the_server_sent_is_skipped()
    {
        var campus = await LoadAsync(options => options.AcceptOtherProducers = true);
        campus.Users.Set("1", "last", "Lovelace");
        await campus.PollAsync();
        var calls = campus.Target.Calls.Count;

        foreach (var message in _bus.Messages)
            await SendAsync(message.Message.Body, message.Message.Category);

        campus.Target.Calls.Should().HaveCount(calls);
        (await campus.World.Client.ListDeadLettersAsync()).Items.Should().BeEmpty();
        campus.Users.Set("1", "last", "Byron");
        await campus.ShouldGoOnAsync();
    }

    [Fact]
    public async Task Events_of_a_second_server_are_set_aside_and_told_once_and_a_forged_number_mutes_nobody()
    {
        var campus = await LoadAsync();
        foreach (var number in new[] { 1, 5 })
        {
            var added = new AddedEvent("SRVGroups", EntryKey.Of($"n{number}"), Entry.Of(("id", $"n{number}"), ("name", "New")), EventCategory.Base);
            await SendAsync(EventJson.Encode(added, new EventStamp("another", number, default)));
        }

        var followed = campus.World.Client.Status.Producer!;
        await SendAsync(EventJson.Encode(new RemovedEvent("SRVUsers", EntryKey.Of("1")), new EventStamp(followed, 1L << 62, default)));

        campus.Target.Entries("Groups").Should().ContainSingle();
        campus.Notifier.About(NotificationTopic.OtherProducers).Should().ContainSingle().Which.Current.Should().ContainSingle(line => line.Contains("producer another"));
        (await campus.World.Client.ListDeadLettersAsync()).Items.Select(letter => letter.Reason).Should().SatisfyRespectively(
            first => first.Should().Contain("comes from producer another"),
            second => second.Should().Contain("comes from producer another"),
            third => third.Should().Contain("too far ahead"));
        await campus.ShouldGoOnAsync();
    }

    [Fact]
    public async Task Messages_without_numbers_are_accepted()
    {
        var campus = await LoadAsync(options => options.AcceptOtherProducers = true);
        var added = """{"evcategory":"base","eventtype":"added","objtype":"SRVUsers","objpkey":"7","objattrs":{"id":"7","first":"Gus","last":"Gray"}}""";
        foreach (var message in new[] { added, Removal, added })
            await SendAsync(Encoding.UTF8.GetBytes(message));

        campus.Target.Calls.Skip(4).Select(call => call.Change.Kind.ToString()).Should().Equal("Added", "Trashed", "Recycled");
        (await campus.World.Client.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_campus is not null)
            await _campus.DisposeAsync();
    }

    private async Task<SmallCampus> LoadAsync(Action<ClientOptions>? options = null) =>
        _campus = await SmallCampus.LoadedAsync(new InMemoryStorage(_bus), options);

    private async Task SendAsync(ReadOnlyMemory<byte> body, string category = "base")
    {
        await using var producer = _bus.CreateProducer();
        await producer.SendAsync([new BusMessage(category, body)], CancellationToken.None);
        await _campus!.World.SettleAsync();
    }

    private async Task OneDeadLetterAsync(SmallCampus campus, string reason)
    {
        var letter = (await campus.World.Client.ListDeadLettersAsync()).Items.Should().ContainSingle().Subject;
        letter.Offset.Should().Be(_bus.Messages[^1].Offset);
        letter.Reason.Should().Contain(reason);
        campus.World.Client.Status.Should().Match<ClientStatus>(status => (status.State == RunState.Working || status.State == RunState.Waiting) && status.DeadLetters == 1);
        campus.Log.Lines.Should().ContainSingle(line => line.Contains("as a dead letter") && line.Contains(letter.Offset.ToString()));
        campus.Notifier.About(NotificationTopic.DeadLetters).Should().ContainSingle().Which.Current.Should().ContainSingle();
    }
}
