using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.Tests.Trashbin;

public sealed class ChangePlanTests
{
    private static readonly EntryView Known = new(Entry.Of(("name", "ada"), ("mail", "a@example.org")));

    [Fact]
    public void A_modification_tells_what_differs_from_what_the_target_has()
    {
        var changes = Changes(new EntryView(Entry.Of(("name", "ada"), ("mail", "b@example.org"))), all: null);

        changes.Should().Be(new AttributeChanges(Entry.Empty, Entry.Of(("mail", "b@example.org")), []));
    }

    [Fact]
    public void Where_the_target_may_have_something_else_it_tells_of_all_attributes()
    {
        var changes = Changes(new EntryView(Entry.Of(("name", "ada"), ("room", "12"))), all: ["mail", "name", "phone", "room"]);

        changes.Should().Be(new AttributeChanges(Entry.Of(("room", "12")), Entry.Of(("name", "ada")), ["mail", "phone"]));
    }

    [Fact]
    public void Even_if_nothing_differs_from_what_is_known()
    {
        var changes = Changes(Known, all: ["mail", "name", "phone"]);

        changes.Should().Be(new AttributeChanges(Entry.Empty, Known.Entry, ["phone"]));
    }

    private static AttributeChanges Changes(EntryView to, string[]? all)
    {
        var @event = new LocalEvent("Users", EntryKey.Of("1"), LocalEventKind.Modified, "Users", to, to, EventSecrets.None);
        var plan = ChangePlan.For(Known, @event, new PlanDoubt(all is null ? null : [.. all], []));
        return plan.Should().ContainSingle().Which.Change.Should().BeOfType<EntryModified>().Which.Changes;
    }
}
