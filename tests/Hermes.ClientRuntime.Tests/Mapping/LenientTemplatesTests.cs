using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Mapping;

/// <summary>A template reads an attribute that some entries lack.</summary>
public sealed class LenientTemplatesTests : ClientTest
{
    [Fact]
    public async Task An_attribute_whose_template_reads_what_an_entry_lacks_is_left_out()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(model: WithMail);
        await Harness.AppliedAsync();
        Target.Entries("Users")[EntryKey.Of("1")].Should().Equal(Entry.Of(("login", "ada")));

        await Harness.SendAsync(new ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Of(("mail", "A@X")), Entry.Empty, [])));
        await Harness.AppliedAsync();
        Target.Entries("Users")[EntryKey.Of("1")].Should().Equal(Entry.Of(("login", "ada"), ("mail", "a@x")));

        await Harness.SendAsync(new ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Empty, Entry.Empty, ["mail"])));
        await Harness.AppliedAsync();
        Target.Entries("Users")[EntryKey.Of("1")].Should().Equal(Entry.Of(("login", "ada")));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_new_mapping_over_what_a_trashed_entry_lacks_lets_the_client_start()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "eve"));
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.AppliedAsync();

        await RestartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1), WithMail);

        Target.Entries("Users")[EntryKey.Of("2")].Should().Equal(Entry.Of(("login", "eve")));
        (await QueueAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Strict_templates_put_such_an_event_into_the_error_queue()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(options => options.StrictTemplates = true, WithMail);
        await Harness.AppliedAsync();

        (await Harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle().Which.Message.Should().Contain("'mail' is not set");
        Target.Calls.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{{ 1 / (login | int) }}")]
    [InlineData("{{ login.lenght | upper }}")]
    public async Task Any_other_failure_stays_one(string mapping)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "0"));
        await StartAsync(model: client => client.DataType("Users", type => type.From("SRVUsers").Map("login").Map("mail", mapping)));
        await Harness.AppliedAsync();

        (await QueueAsync()).Should().HaveCount(1);
    }

    private static void WithMail(IHermesClientBuilder client) => client.DataType("Users", type => type.From("SRVUsers").Map("login").Map("mail", "{{ mail | lower }}"));
}
