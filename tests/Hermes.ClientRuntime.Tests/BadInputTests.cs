using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Notifications;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Testing.Logging;
using Hermes.Testing.Notifications;

namespace Hermes.ClientRuntime.Tests;

public sealed class BadInputTests : ClientTest
{
    private readonly RecordingLoggerProvider _logs = new();
    private readonly RecordingNotifier _notifier = new();

    [Fact]
    public async Task What_cannot_be_used_is_set_aside_with_offset_and_reason_and_the_client_goes_on()
    {
        await PopulatedAsync();
        await Harness.SendRawAsync(Encoding.UTF8.GetBytes("{ no json"));
        await Harness.SendRawAsync(Encoding.UTF8.GetBytes("""{"evcategory":"base","eventtype":"exploded","objtype":"SRVUsers","objpkey":"1","objattrs":{}}"""));
        await Harness.SendAsync(
            new AddedEvent("SRVRooms", EntryKey.Of("1"), Entry.Of(("id", "1")), EventCategory.Base),
            new RemovedEvent("SRVUsers", EntryKey.Of("1", "2")),
            Campus.User("1", "again"),
            Campus.Changed("7", ("login", "x")),
            Campus.Gone(Campus.User("7", "")),
            Campus.Gone(Campus.User("1", "")),
            Campus.Gone(Campus.User("1", "")),
            Campus.User("2", "after"));
        await Harness.AppliedAsync();

        var letters = (await Harness.Control.ListDeadLettersAsync()).Items;
        letters.Select(letter => letter.Offset.Value).Should().Equal(4, 5, 6, 7, 8, 9, 10, 12);
        string[] reasons =
        [
            "*JSON*", "*exploded*", "The data schema has no type 'SRVRooms'.", "The key of 'SRVUsers' has 1 part(s)*",
            "SRVUsers[1] was added, but it is already there.", "SRVUsers[7] was modified, but it is not there.",
            "SRVUsers[7] was removed, but it is not there.", "SRVUsers[1] was removed, but it is not there.",
        ];
        foreach (var (letter, reason) in letters.Zip(reasons))
        {
            letter.Reason.Should().Match(reason);
            _logs.Lines.Should().Contain(line => line.Contains(letter.Reason) && line.Contains($"offset {letter.Offset.Value}"), letter.ToString());
        }

        Encoding.UTF8.GetString(letters[0].Body.Span).Should().Be("{ no json");
        Applied.Should().Equal("Added Users[1]", "Removed Users[1]", "Added Users[2]");
        (await RemoteAsync("SRVUsers")).Select(entry => entry.Expected!.Entry["login"].AsString()).Should().Equal("after");
        await ShouldBeSettledAsync();
        _logs.Lines.Count(line => line.Contains("as a dead letter")).Should().Be(8);
        _notifier.Notifications.Last(told => told.Topic == NotificationTopic.DeadLetters).Current.Should().HaveCount(8);
    }

    [Fact]
    public async Task A_repeat_is_skipped()
    {
        await PopulatedAsync();
        var repeat = EventJson.Encode(Campus.User("2", "eve"), new EventStamp("harness", 4, default));
        await Harness.SendRawAsync(repeat);
        await Harness.SendRawAsync(repeat);
        Harness.SkipSequence();
        await Harness.SendAsync(Campus.User("3", "bob"));
        await Harness.AppliedAsync();

        Applied.Should().Equal("Added Users[1]", "Added Users[2]", "Added Users[3]");
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Messages_of_the_original_program_carry_no_number_and_are_accepted()
    {
        await Harness.SendRawAsync(EventJson.Encode(new InitStartEvent(Campus.Schema), null), "initsync");
        await Harness.SendRawAsync(EventJson.Encode(new InitStopEvent(), null), "initsync");
        await StartAsync();
        await Harness.SendRawAsync(EventJson.Encode(Campus.User("1", "ada"), null));
        await Harness.SendRawAsync(EventJson.Encode(Campus.User("2", "eve"), null));
        await Harness.SendRawAsync(EventJson.Encode(Campus.Changed("2", ("login", "eva")), null));
        await Harness.AppliedAsync();
        Applied.Should().Equal("Added Users[1]", "Added Users[2]", "Modified Users[2]");
    }

    [Fact]
    public async Task An_initialised_client_skips_initsyncs_also_of_the_original_program()
    {
        await PopulatedAsync();
        HermesEvent[] again = [new InitStartEvent(Campus.Schema), Campus.User("1", "again"), Campus.User("2", "late"), new InitStopEvent()];
        foreach (var sent in again)
        {
            var whole = sent is AddedEvent added ? new AddedEvent(added.Type, added.Key, added.Attributes, EventCategory.InitSync) : sent;
            await Harness.SendRawAsync(EventJson.Encode(whole, null), "initsync");
        }

        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "again"));
        await Harness.AppliedAsync();
        Applied.Should().Equal("Added Users[1]");
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_message_of_ten_megabytes_is_a_message_like_any_other()
    {
        await PopulatedAsync();
        await Harness.SendAsync(Campus.User("2", new string('x', 10_000_000)));
        await Harness.AppliedAsync();
        Target.Entries("Users")[EntryKey.Of("2")]["login"].AsString().Should().HaveLength(10_000_000);
    }

    [Fact]
    public async Task A_schema_that_contradicts_the_state_is_set_aside()
    {
        await PopulatedAsync();
        var byMail = Campus.Type("SRVUsers", ["id", "login", "first", "last", "mail", "pw"], ["mail"], secrets: ["pw"]);
        await Harness.SendAsync(new DataSchemaEvent(new(byMail)), Campus.Changed("1", ("login", "b")));
        await Harness.AppliedAsync();

        (await Harness.Control.ListDeadLettersAsync()).Items.Should().ContainSingle().Which.Reason.Should().Contain("does not have a value for it");
        Applied.Should().Equal("Added Users[1]", "Modified Users[1]");
    }

    private async Task PopulatedAsync()
    {
        (Harness.Logs, Harness.Notifier) = (_logs, _notifier);
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        await Harness.AppliedAsync();
    }
}
