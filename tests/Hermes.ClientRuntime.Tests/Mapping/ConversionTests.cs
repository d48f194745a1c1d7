using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Mapping;

public sealed class ConversionTests : ClientTest
{
    [Fact]
    public async Task Constants_copies_texts_lists_and_emptied_attributes_are_mapped()
    {
        await StartAsync(model: client => client.DataType("Users", type => type.From("SRVUsers")
            .Map("kind", "{{ 'person' }}").Map("a", "login").Map("b", "login").Map("text", "Dear {{ first }}!")
            .Map("names", "{{ [first, none, last] }}").Map("mail", "{{ mail | default('') | lower if mail is defined else none }}")));
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await Harness.SendAsync(Campus.Changed("1", ("mail", "A@X")));
        await Harness.AppliedAsync();

        Target.Applied[0].Should().BeOfType<EntryAdded>().Which.Entry.Should().Equal(Entry.Of(
            ("kind", "person"), ("a", "ada"), ("b", "ada"), ("text", "Dear Ada!"), ("names", ValueList.Create(new Value[] { "Ada", "Byron" }.AsSpan()))));
        Target.Applied[1].Should().BeOfType<EntryModified>().Which.Changes.Should().Be(new AttributeChanges(Entry.Of(("mail", "a@x")), Entry.Empty, []));

        await Harness.SendAsync(new Events.ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Empty, Entry.Empty, ["mail"])));
        await Harness.AppliedAsync();
        Target.Applied[2].Should().BeOfType<EntryModified>().Which.Changes.Removed.Should().Equal("mail");
    }

    [Fact]
    public async Task A_template_that_fails_puts_its_event_into_the_queue_and_later_events_wait_behind_it()
    {
        await StartAsync(model: client => client.DataType("Users", type => type.From("SRVUsers").Map("login").Map("n", "{{ 10 // (first | length) }}")));
        await Harness.SendInitSyncAsync(Campus.Schema);
        await Harness.SendAsync(Campus.User("1", "ada", first: ""), Campus.Changed("1", ("login", "b")), Campus.Changed("1", ("first", "12345")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().HaveCount(3);
        Target.Calls.Should().BeEmpty();

        await RestartAsync(model: client => client.DataType("Users", type => type.From("SRVUsers").Map("login").Map("n", "{{ first | length }}")));
        await Harness.Control.RetryAllAsync();

        Target.Entries("Users")[EntryKey.Of("1")].Should().Equal(Entry.Of(("login", "b"), ("n", 5)));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_could_not_be_converted_and_went_again_is_taken_back_when_the_template_is_corrected()
    {
        await Harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync(model: client => Users(client, "{{ 10 // (first | length) }}"));
        await Harness.SendAsync(Campus.User("1", "ada", first: ""), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();

        await RestartAsync(model: client => Users(client, "{{ first | length }}"));
        await Harness.Control.RetryAllAsync();

        Target.Entries("Users").Should().BeEmpty();
        await ShouldBeSettledAsync();

        static void Users(IHermesClientBuilder client, string template) => client.DataType("Users", type => type.From("SRVUsers").Map("n", template));
    }

    [Fact]
    public async Task Every_local_type_of_a_remote_one_gets_what_could_not_be_converted_before()
    {
        var lookup = new LookupFilter();
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(model: client => client
            .With(lookup)
            .DataType("Users", type => type.From("SRVUsers").Map("login", "{{ login | lookup }}").Map("serial", "{{ id | lookup }}"))
            .DataType("Accounts", type => type.From("SRVUsers").Map("name", "{{ login | lookup }}").Map("serial", "{{ id | lookup }}")));
        await Harness.AppliedAsync();
        var serials = (Serial("Users"), Serial("Accounts"));

        lookup.IsFailing = true;
        await Harness.SendAsync(Campus.Changed("1", ("login", "b")));
        await Harness.AppliedAsync();
        lookup.IsFailing = false;
        await Harness.Control.RetryAllAsync();

        Target.Entries("Users")[EntryKey.Of("1")]["login"].ToString().Should().StartWith("b");
        Target.Entries("Accounts")[EntryKey.Of("1")]["name"].ToString().Should().StartWith("b");
        (Serial("Users"), Serial("Accounts")).Should().Be(serials, "what did not change is not computed anew");
        await ShouldBeSettledAsync();

        Value Serial(string type) => Target.Entries(type)[EntryKey.Of("1")]["serial"];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_could_not_be_converted_and_went_to_the_trashbin_goes_there_when_it_can_be_converted(bool goesBefore)
    {
        var lookup = new LookupFilter { IsFailing = true };
        await Harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync(
            options => options.TrashbinRetention = TimeSpan.FromDays(1),
            client => client.With(lookup).DataType("Users", type => type.From("SRVUsers").Map("login", "{{ login | lookup }}")));
        await Harness.SendAsync(Campus.User("1", "ada"));
        await Harness.AppliedAsync();
        if (goesBefore)
            await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        lookup.IsFailing = false;
        if (!goesBefore)
            await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Added Users[1] 1", "Removed Users[1] 0");

        await Harness.Control.RetryAllAsync();

        Applied.Should().Equal("Added Users[1]", "Trashed Users[1]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Targets_see_keys_secrets_and_foreign_keys_in_local_names_parents_first()
    {
        await StartAsync();
        await Harness.SendInitSyncAsync(Campus.Schema);
        await Harness.AppliedAsync();

        Target.Types.Select(type => type.Name).Should().Equal("Users", "Groups", "Members");
        Target.Types[2].Key.Should().Equal("user", "group");
        Target.Types[2].ForeignKeys["user"].Should().Be(new TargetForeignKey("Users", ""));
    }
}
