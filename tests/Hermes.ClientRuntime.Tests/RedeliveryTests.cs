using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests;

public sealed class RedeliveryTests : ClientTest
{
    [Fact]
    public async Task A_redelivery_that_fails_keeps_its_mark_until_it_succeeds()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await KillInHandlerAsync(_ => true);

        Target.Fail(times: 2);
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();
        await Harness.Control.RetryAllAsync();

        Target.Calls.Select(call => (call.Failure is null, call.IsRedelivery)).Should().Equal((false, true), (false, true), (true, true));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_redelivery_that_has_to_wait_keeps_its_mark()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Changed("1", ("login", "b")), Campus.Changed("1", ("login", "c")));
        await KillInHandlerAsync(change => change is EntryModified modified && modified.Entry["login"] == "c");

        Target = new();
        Target.Fail(times: 1);
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        // Whether the first change was committed before the kill or not, none that may have been delivered comes without the mark.
        Target.Calls.Should().NotBeEmpty().And.OnlyContain(call => call.IsRedelivery);
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_second_kill_takes_no_mark_from_events_that_were_delivered_before_the_first()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.User("3", "cid"));
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Changed("1", ("login", "a")), Campus.Changed("2", ("login", "b")), Campus.Changed("3", ("login", "c")));
        await KillInHandlerAsync(change => change.Key == EntryKey.Of("3"));
        await KillInHandlerAsync(_ => true);
        Target = new();

        await StartAsync();
        await Harness.AppliedAsync();

        // What was committed before the first kill is not delivered again at all; the last one never was.
        Target.Calls.Should().NotBeEmpty().And.OnlyContain(call => call.IsRedelivery);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_a_stop_cuts_off_is_delivered_again_and_what_was_done_is_not(int maxConcurrency)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await Harness.SendAsync(Campus.Changed("2", ("login", "b")), Campus.Changed("1", ("login", "a")), Campus.User("3", "cid"));
        var cutOff = new WaitingTarget(change => change is EntryModified && change.Key == EntryKey.Of("1"));
        await Harness.StartAsync(cutOff, client => client.Model().Configure(options => options.MaxConcurrency = maxConcurrency));
        await cutOff.InHandler;
        await Harness.StopAsync();

        await StartAsync(options => options.MaxConcurrency = maxConcurrency);
        await Harness.AppliedAsync();

        // Those that were with the target at the same time have no outcome yet.
        string[] again = ["Modified Users[1]", "Added Users[3]"];
        Applied.Should().Equal(maxConcurrency == 1 ? again : ["Modified Users[2]", .. again]);
        Target.Calls[0].IsRedelivery.Should().BeTrue();
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().BeEmpty();
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_schema_during_which_the_process_dies_is_taken_over_after_the_restart()
    {
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        await Harness.StopAsync();

        // The trashed user has no mail: it is purged first, and that is where the process dies.
        var byMail = Campus.Type("SRVUsers", ["id", "login", "first", "last", "mail", "pw"], ["login", "mail"], secrets: ["pw"]);
        await Harness.SendAsync(
            new ModifiedEvent("SRVUsers", EntryKey.Of("2"), new AttributeChanges(Entry.Of(("mail", "b@x")), Entry.Empty, [])),
            new DataSchemaEvent(new(byMail)));
        var cutOff = new WaitingTarget(change => change is EntryRemoved);
        await Harness.StartAsync(cutOff, client => client.Model().Configure(options => options.TrashbinRetention = TimeSpan.FromDays(1)));
        await cutOff.InHandler;
        await Harness.KillAsync();

        Target = new();
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.SendAsync(new RemovedEvent("SRVUsers", EntryKey.Of("bob", "b@x")));
        await Harness.AppliedAsync();

        Applied.Should().Equal("Removed Users[1]", "Trashed Users[(bob, b@x)]");
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_in_flight_is_removed_with_the_mark_when_its_type_is_gone_after_the_restart()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"), Campus.Group("h", "Physics"));
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Gone(Campus.Group("g", "")));
        await KillInHandlerAsync(change => change is EntryRemoved);

        Target = new();
        await StartAsync(model: UsersOnly);
        await Harness.AppliedAsync();

        Target.Calls.Select(call => (call.Change.Kind, call.Change.Key, call.IsRedelivery)).Should().Equal(
            (TargetChangeKind.Removed, EntryKey.Of("g"), true), (TargetChangeKind.Removed, EntryKey.Of("h"), false));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task An_addition_in_flight_is_taken_back_when_its_type_is_gone_after_the_restart()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Group("g", "Maths"));
        await KillInHandlerAsync(change => change is EntryAdded { Type: "Groups" });

        Target = new();
        await StartAsync(model: UsersOnly);
        await Harness.AppliedAsync();

        var call = Target.Calls.Should().ContainSingle().Subject;
        call.IsRedelivery.Should().BeTrue();
        call.Change.Should().Be(new EntryRemoved("Groups", EntryKey.Of("g"), Entry.Of(("name", "Maths"))));
        (await RemoteAsync("SRVGroups")).Should().ContainSingle("a type may be mapped again later");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_a_changed_mapping_means_for_an_entry_in_flight_has_the_mark()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Changed("1", ("login", "a")));
        await KillInHandlerAsync(change => change is EntryModified);

        Target = new();
        await StartAsync(model: client => UsersOnly(client, "first"));
        await Harness.AppliedAsync();

        Target.Calls.Where(call => !call.IsRedelivery).Should().OnlyContain(call => call.Change.Key == EntryKey.Of("2"));
        Target.Calls.Should().Contain(call => call.IsRedelivery && call.Change.Key == EntryKey.Of("1"));
        await ShouldBeSettledAsync();
    }

    [Theory]
    [InlineData("mail")]
    [InlineData("{{ mail if mail is defined else none }}")]
    public async Task An_attribute_that_was_in_flight_when_the_model_dropped_it_is_taken_from_the_target(string mapping)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync(model: WithMail);
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(new ModifiedEvent(
            "SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Of(("mail", "a@x")), Entry.Of(("login", "a")), [])));
        var cutOff = new WaitingTarget(change => change is EntryModified);
        await Harness.StartAsync(cutOff, WithMail);
        await cutOff.InHandler;
        await Harness.KillAsync();

        Target = new();
        await StartAsync(model: UsersOnly);
        await Harness.AppliedAsync();

        Target.Calls.Should().OnlyContain(call => call.IsRedelivery && call.Change.Key == EntryKey.Of("1"));
        Target.Applied.OfType<EntryModified>().SelectMany(change => change.Changes.Removed).Should().Equal("mail");
        Target.Applied.OfType<EntryModified>().Last().Entry["login"].Should().Be((Value)"a");
        await ShouldBeSettledAsync();

        void WithMail(IHermesClientBuilder client) => client.DataType("Users", type => type
            .From("SRVUsers").Map("login").Map("display", "{{ first ~ ' ' ~ last }}").Map("mail", mapping));
    }

    [Fact]
    public async Task What_was_in_flight_of_a_type_that_came_back_at_the_same_time_is_taken_from_the_target_when_the_type_is_dropped()
    {
        await Harness.SendInitSyncAsync(
            new DataSchema(Campus.Schema.Types.Where(type => type.Name != "SRVMembers")), Campus.User("1", "ada"), Campus.Group("g", "Maths"));
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.User("3", "cid"));
        var (called, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var cutOff = new WaitingTarget(change => change is EntryAdded { Type: "Members" }, () =>
        {
            called.TrySetResult();
            return goOn.Task;
        });
        await Harness.StartAsync(cutOff, client => FourAtATime(client.Model()));
        await called.Task;

        // Both wait when the first call ends, so that they are taken as one batch.
        await Harness.SendAsync(new DataSchemaEvent(Campus.Schema), Campus.Member("1", "g"));
        goOn.SetResult();
        await cutOff.InHandler;
        await Harness.KillAsync();

        Target = new();
        await StartAsync(model: client => client
            .DataType("Users", type => type.From("SRVUsers").Map("login").Map("display", "{{ first ~ ' ' ~ last }}"))
            .DataType("Groups", type => type.From("SRVGroups").Map("name")));
        await Harness.AppliedAsync();

        var call = Target.Calls.Should().ContainSingle(call => call.Change.Type == "Members").Subject;
        (call.Change.Kind, call.IsRedelivery).Should().Be((TargetChangeKind.Removed, true));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_waited_behind_another_event_was_not_with_the_target_when_the_model_changes()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "eve"));
        await StartAsync(model: client => WithMail(client));
        await Harness.SendAsync(Mail("m1"));
        await Harness.AppliedAsync();
        Target.Fail(change => change is EntryModified);
        await Harness.SendAsync(Campus.Changed("1", ("login", "b")));
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Changed("2", ("login", "e")), Mail("m2"));
        var cutOff = new WaitingTarget(change => change is EntryModified && change.Key == EntryKey.Of("2"));
        await Harness.StartAsync(cutOff, client => FourAtATime(WithMail(client)));
        await cutOff.InHandler;
        await Harness.KillAsync();

        Target = new();
        await StartAsync(model: UsersOnly);
        await Harness.Control.RetryAllAsync();
        await Harness.AppliedAsync();

        Target.Calls.Where(call => !call.IsRedelivery).Select(call => call.Change).OfType<EntryModified>()
            .Should().OnlyContain(change => change.Previous.Get("mail") != (Value)"m2");
        await ShouldBeSettledAsync();

        static ModifiedEvent Mail(string mail) => new("SRVUsers", EntryKey.Of("1"), mail == "m1"
            ? new AttributeChanges(Entry.Of(("mail", mail)), Entry.Empty, [])
            : new AttributeChanges(Entry.Empty, Entry.Of(("mail", mail)), []));

        static IHermesClientBuilder WithMail(IHermesClientBuilder client) => client.DataType("Users", type => type
            .From("SRVUsers").Map("login").Map("display", "{{ first ~ ' ' ~ last }}").Map("mail"));
    }

    [Fact]
    public async Task An_attribute_that_was_in_flight_by_its_old_mapping_is_set_by_the_new_one()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada", first: "ada"));
        await StartAsync(model: client => UsersOnly(client, "login"));
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Changed("1", ("login", "a")));
        var cutOff = new WaitingTarget(change => change is EntryModified);
        await Harness.StartAsync(cutOff, client => UsersOnly(client, "login"));
        await cutOff.InHandler;
        await Harness.KillAsync();

        Target = new();
        await StartAsync(model: client => client.DataType("Users", type => type
            .From("SRVUsers").Map("login", "first").Map("display", "{{ first ~ ' ' ~ last }}")));
        await Harness.AppliedAsync();

        Target.Applied.Should().ContainSingle().Which.Should().BeOfType<EntryModified>().Which.Changes.Modified.Should().Equal(Entry.Of(("login", "ada")));
        Target.Calls[0].IsRedelivery.Should().BeTrue();
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_purge_waits_for_the_events_that_may_have_recycled_its_entries_before_the_restart()
    {
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")), Campus.Gone(Campus.User("2", "")));
        await Harness.AppliedAsync();
        await Harness.StopAsync();

        await Harness.SendAsync(Campus.User("1", "ada"));
        var cutOff = new WaitingTarget(change => change is EntryRecycled);
        await Harness.StartAsync(cutOff, client => client.Model().Configure(options => options.TrashbinRetention = TimeSpan.FromDays(1)));
        await cutOff.InHandler;
        await Harness.KillAsync();
        Harness.Time.Advance(TimeSpan.FromDays(2));

        Target = new();
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.AppliedAsync();

        Target.Calls[0].IsRedelivery.Should().BeTrue();
        Applied.Should().Equal("Recycled Users[1]", "Removed Users[2]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task An_attribute_of_an_addition_in_flight_that_the_model_dropped_is_taken_from_the_target()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        var cutOff = new WaitingTarget(change => change is EntryAdded);
        await Harness.StartAsync(cutOff, WithLast);
        await cutOff.InHandler;
        await Harness.KillAsync();

        Target = new();
        await StartAsync(model: UsersOnly);
        await Harness.AppliedAsync();

        Applied.Should().Equal("Added Users[1]", "Modified Users[1]");
        Target.Calls.Should().OnlyContain(call => call.IsRedelivery);
        Target.Applied.OfType<EntryModified>().Single().Changes.Should().Be(new AttributeChanges(Entry.Empty, Entry.Empty, ["last"]));
        await ShouldBeSettledAsync();

        await Harness.SendAsync(Campus.User("2", "bob"));
        await RestartAsync(model: UsersOnly);
        Applied.Skip(2).Should().Equal(["Added Users[2]"], "nothing is in doubt any more");

        static void WithLast(IHermesClientBuilder client) => client.DataType("Users", type => type
            .From("SRVUsers").Map("login").Map("display", "{{ first ~ ' ' ~ last }}").Map("last"));
    }

    private static void UsersOnly(IHermesClientBuilder client) => UsersOnly(client, "login");

    private static void UsersOnly(IHermesClientBuilder client, string attribute) => client.DataType("Users", type => type
        .From("SRVUsers").Map(attribute).Map("display", "{{ first ~ ' ' ~ last }}"));

    // So many events are announced, and taken, in one batch.
    private static void FourAtATime(IHermesClientBuilder client) => client.Configure(options => options.MaxConcurrency = 4);

    private async Task KillInHandlerAsync(Func<TargetChange, bool> matches)
    {
        var target = new WaitingTarget(matches);
        await Harness.StartAsync(target, client => client.Model());
        await target.InHandler;
        await Harness.KillAsync();
    }

    // Never comes back from the call of an entry: its process is to be killed.
    private sealed class WaitingTarget(Func<TargetChange, bool> matches, Func<Task>? others = null) : IClientTarget
    {
        private readonly TaskCompletionSource _inHandler = new();

        public Task InHandler => _inHandler.Task;

        public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            if (!matches(change))
            {
                await (others?.Invoke() ?? Task.CompletedTask);
                return;
            }

            _inHandler.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }
}
