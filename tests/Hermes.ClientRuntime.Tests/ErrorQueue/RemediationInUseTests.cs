using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.ErrorQueue;

public sealed class RemediationInUseTests : ClientTest
{
    [Fact]
    public async Task Conservative_applies_an_added_and_its_modifications_as_one_added()
    {
        await FailingAsync(RemediationPolicy.Conservative);
        await Harness.SendAsync(Campus.User("1", "ada"), Campus.Changed("1", ("login", "b")), Campus.Changed("1", ("login", "c")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Added Users[1] 1");

        await RecoverAsync();

        Target.Applied.Should().ContainSingle().Which.Should().BeOfType<EntryAdded>().Which.Entry.Get("login").Should().Be((Value)"c");
    }

    [Fact]
    public async Task An_attribute_that_was_removed_and_added_again_while_its_events_waited_reaches_the_target_as_added()
    {
        await StartAsync(options => options.Remediation = RemediationPolicy.Conservative, WithMail);
        var user = Entry.Of(("id", "1"), ("login", "ada"), ("mail", "old@x"));
        await Harness.SendInitSyncAsync(Campus.Schema, new AddedEvent("SRVUsers", EntryKey.Of("1"), user, EventCategory.Base));
        await Harness.AppliedAsync();
        Target.Fail();
        await Harness.SendAsync(
            new ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Empty, Entry.Empty, ["mail"])),
            new ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Of(("mail", "new@x")), Entry.Empty, [])));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Modified Users[1] 1");
        await RestartAsync(options => options.Remediation = RemediationPolicy.Conservative, WithMail);

        await RecoverAsync();

        var modified = Target.Applied[^1].Should().BeOfType<EntryModified>().Subject;
        modified.Changes.Should().Be(new AttributeChanges(Entry.Of(("mail", "new@x")), Entry.Empty, []));
        modified.Previous["mail"].Should().Be((Value)"old@x", "this is what the target has");
    }

    [Fact]
    public async Task Maximum_forgets_an_entry_that_came_and_went()
    {
        await FailingAsync(RemediationPolicy.Maximum);
        await Harness.SendAsync(Campus.User("1", "ada"), Campus.Changed("1", ("login", "b")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();

        (await QueueAsync()).Should().BeEmpty();
        await RecoverAsync();
        Target.Applied.Should().BeEmpty();
    }

    [Fact]
    public async Task Maximum_turns_removed_and_added_into_the_difference_to_what_the_target_has()
    {
        await StartAsync(options => options.Remediation = RemediationPolicy.Maximum);
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await Harness.AppliedAsync();
        Target.Fail();
        await Harness.SendAsync(Campus.Changed("1", ("login", "b")), Campus.Gone(Campus.User("1", "")), Campus.User("1", "c"));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Modified Users[1] 1");

        await RecoverAsync();

        Target.Applied[^1].Should().BeOfType<EntryModified>().Which.Changes.Modified.Should().Equal(Entry.Of(("login", "c")));
    }

    [Fact]
    public async Task Maximum_never_touches_what_was_partially_processed()
    {
        Target = new() { Steps = ["one", "two"] };
        await StartAsync(options => options.Remediation = RemediationPolicy.Maximum);
        await Harness.SendInitSyncAsync(Campus.Schema);
        await Harness.AppliedAsync();
        Target.Fail(step: "two");
        await Harness.SendAsync(Campus.User("1", "ada"), Campus.Changed("1", ("login", "b")), Campus.Changed("1", ("login", "c")));
        await Harness.AppliedAsync();

        (await QueueAsync()).Should().Equal("Added Users[1] 1", "Modified Users[1] 0");
        await RecoverAsync();
        Target.CompletedSteps.Should().Equal("Users 1: one", "Users 1: two", "Users 1: one", "Users 1: two");
    }

    [Fact]
    public async Task Maximum_does_not_let_the_removal_of_a_parent_overtake_its_child()
    {
        Target = new() { Steps = ["one", "two"] };
        await StartAsync(options => options.Remediation = RemediationPolicy.Maximum);
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"));
        await Harness.AppliedAsync();
        Target.Fail(step: "two");
        await Harness.SendAsync(
            Campus.Changed("1", ("login", "b")),
            Campus.Member("1", "g"),
            Campus.Gone(Campus.Member("1", "g")),
            Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Modified Users[1] 1", "Added Members[(1, g)] 1", "Removed Members[(1, g)] 0", "Removed Users[1] 0");

        await RecoverAsync();
        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Users[1]");
    }

    [Theory]
    [InlineData(ForeignKeyPolicy.Disabled)]
    [InlineData(ForeignKeyPolicy.OnRemove)]
    [InlineData(ForeignKeyPolicy.OnEvery)]
    public async Task A_child_that_comes_back_while_its_purge_waits_does_not_overtake_its_parent(ForeignKeyPolicy policy)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"), Campus.Member("1", "g"));
        await StartAsync(options =>
        {
            options.Remediation = RemediationPolicy.Maximum;
            options.ForeignKeys = policy;
            options.TrashbinRetention = TimeSpan.FromHours(1);
        });
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        var applied = Applied.Count();
        Target.Fail();
        await Harness.AdvanceAsync(TimeSpan.FromHours(2));
        (await QueueAsync()).Select(queued => queued[..^2]).Should().Equal("Removed Members[(1, g)]", "Removed Users[1]");
        await Harness.SendAsync(Campus.User("1", "ada"), Campus.Member("1", "g"));
        await Harness.AppliedAsync();

        await RecoverAsync();

        Applied.Skip(applied).Should().Equal("Removed Members[(1, g)]", "Recycled Users[1]", "Added Members[(1, g)]");
    }

    [Fact]
    public async Task A_removal_that_vanished_is_prepared_anew_when_it_comes_again()
    {
        var target = new PreparingTarget();
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await Harness.StartAsync(target, client => client.Model().Configure(options => options.Remediation = RemediationPolicy.Maximum));
        await Harness.AppliedAsync();
        target.IsFailing = true;
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")), Campus.User("1", "ada"));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().BeEmpty();
        target.IsFailing = false;
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();

        target.Log.Should().Equal("prepare Added Users[1]", "Added Users[1]", "prepare Removed Users[1]", "prepare Removed Users[1]", "Removed Users[1]");
        await ShouldBeSettledAsync();
    }

    [Theory]
    [InlineData(RemediationPolicy.Conservative)]
    [InlineData(RemediationPolicy.Maximum)]
    public async Task An_entry_that_comes_back_is_prepared_again_when_it_becomes_something_else(RemediationPolicy policy)
    {
        var target = new PreparingTarget();
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await Harness.StartAsync(target, client => client.Model().Configure(options =>
        {
            options.Remediation = policy;
            options.TrashbinRetention = TimeSpan.FromDays(1);
        }));
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        target.Log.Clear();
        target.IsFailing = true;
        await Harness.SendAsync(Campus.User("1", "ada"), Campus.Changed("1", ("login", "b")), Campus.Changed("1", ("login", "c")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Added Users[1] 1");
        target.IsFailing = false;
        await Harness.Control.RetryAllAsync();

        target.Log.Should().Equal(
            ["prepare Recycled Users[1]", "prepare Recycled Users[1]", "Recycled Users[1]", "prepare Modified Users[1]", "Modified Users[1]"],
            "what was prepared was for the login that it would have had");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task An_entry_that_is_recycled_but_could_not_be_modified_is_trashed_when_it_goes_again()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(options =>
        {
            options.Remediation = RemediationPolicy.Maximum;
            options.TrashbinRetention = TimeSpan.FromDays(1);
        });
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        Target.Fail(change => change is EntryModified);
        await Harness.SendAsync(Campus.User("1", "b"), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();

        await Harness.Control.RetryAllAsync();

        Applied.Should().Equal("Added Users[1]", "Trashed Users[1]", "Recycled Users[1]", "Trashed Users[1]");
        (await QueueAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_entry_that_could_not_be_recycled_and_went_again_comes_back_with_its_new_content()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(options =>
        {
            options.Remediation = RemediationPolicy.Maximum;
            options.TrashbinRetention = TimeSpan.FromDays(1);
        });
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        Target.Fail(change => change is EntryRecycled);
        await Harness.SendAsync(Campus.User("1", "b"), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().BeEmpty();
        Target.Recover();

        await Harness.SendAsync(Campus.User("1", "b"));
        await Harness.AppliedAsync();

        Target.Entries("Users")[EntryKey.Of("1")]["login"].Should().Be((Value)"b");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task An_addition_is_prepared_again_when_its_content_is_another_by_now()
    {
        var target = new PreparingTarget { IsFailing = true };
        await Harness.SendInitSyncAsync(Campus.Schema);
        await Harness.StartAsync(target, client => client.Model().Configure(options => options.Remediation = RemediationPolicy.Conservative));
        await Harness.SendAsync(Campus.User("1", "ada"), Campus.Changed("1", ("login", "b")));
        await Harness.AppliedAsync();
        target.IsFailing = false;
        await Harness.Control.RetryAllAsync();

        target.Log.Should().Equal("prepare Added Users[1]", "prepare Added Users[1]", "Added Users[1]");
    }

    private static void WithMail(IHermesClientBuilder client) => client.DataType("Users", type => type.From("SRVUsers").Map("login").Map("mail"));

    private async Task FailingAsync(RemediationPolicy policy)
    {
        await StartAsync(options => options.Remediation = policy);
        await Harness.SendInitSyncAsync(Campus.Schema);
        await Harness.AppliedAsync();
        Target.Fail();
    }
}
