using Hermes.Abstractions.Configuration;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Tests.Comparison;

public sealed class AdoptionTests : ComparisonTest
{
    [Fact]
    public async Task Objects_that_somebody_else_made_are_linked_by_rule_and_nothing_is_written()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.User("3", "cid"));
        Target.Make("ada", "Countess", "1");
        Target.Make("other", "Robert", " 2 ");
        Target.Make("admin", "Root");
        await StartAsync(ByNumber);
        (await Harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle("only one name is taken").Which.Message.Should().Contain("taken");
        Target.Log.Clear();

        // Whose object was made already has none to look for.
        (await CompareAsync()).Should().Equal("Unmanaged - 000002", "Unmanaged - 000003", "ToLink 1 000001 display");
        (await RepairAsync(RepairKind.Link)).Should().Be(new RepairOutcome(1, 0));

        Target.Log.Should().BeEmpty();
        DisplayOf("ada").Should().Be("Countess");
        (await Harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
        (await Harness.Control.ListEntriesAsync(EntryTable.Local("Users"))).Items.Should().OnlyContain(entry => entry.Applied == entry.Expected && entry.Link != null);
        (await CompareAsync()).Should().Equal("Unmanaged - 000002", "Unmanaged - 000003", "Differs 1 000001 display");
    }

    [Fact]
    public async Task Objects_that_are_linked_and_written_get_what_differs_and_secrets()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada", password: "s3cret"), Campus.User("2", "bob"));
        Target.Make("ada", "Countess", "1");
        Target.Make("bob", "Ada Byron", "2");
        await StartAsync(ByNumber);
        Target.Log.Clear();

        (await CompareAsync()).Should().Equal("ToLink 1 000001 display", "ToLink 2 000002");
        await RepairAsync(RepairKind.Write);

        Target.Log.Should().Equal("Modified Users[1] display,code");
        DisplayOf("ada").Should().Be("Ada Byron");
        (await Harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
        (await CompareAsync()).Should().BeEmpty();
        (await Harness.Control.ListEntriesAsync(EntryTable.Remote("SRVUsers"))).Items.Should().OnlyContain(entry => entry.Applied == entry.Expected);
    }

    [Fact]
    public async Task What_a_rule_does_not_tell_for_certain_is_left_to_people()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob", first: "Same"), Campus.User("3", "cid", first: "Same"));
        Target.Make("ada", "A", "1");
        Target.Make("x", "B", "1");
        Target.Make("bob", "same byron", "9");
        Target.Make("cid", "C");
        await StartAsync(type => type.CorrelateBy("employeeNumber", "{{ '1' if login == 'ada' else '9' }}"));

        (await CompareAsync()).Should().Equal("Unmanaged - 000004", "Ambiguous 1 -", "Ambiguous 2 -", "Ambiguous 3 -");
        (await FindingsAsync())[1].Object.Should().Be("cn=ada; cn=x");
        (await RepairAsync(RepairKind.Write)).Should().Be(new RepairOutcome(0, 0));
    }

    [Fact]
    public async Task The_stronger_rule_tells_and_the_weaker_one_helps_where_it_does_not()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        var weak = Target.Make("ada", "A", "77");
        var strong = Target.Make("old", "B", "ADA");
        var only = Target.Make("bob", "C", "88");
        await StartAsync(type => type.CorrelateBy("employeeNumber", "login").CorrelateBy("uid", "login"));

        (await CompareAsync()).Should().Equal($"ToLink 1 {strong} display,login", $"Unmanaged - {weak}", $"ToLink 2 {only} display");
    }

    [Fact]
    public async Task An_object_that_got_an_owner_since_is_not_linked_twice()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        var link = Target.Make("ada", "A", "ada");
        await StartAsync(type => type.CorrelateBy("employeeNumber", "login"));
        await CompareAsync();
        await RepairAsync(RepairKind.Link);
        var before = (await Comparisons.ListReportsAsync()).Items[0].Digest!;

        var again = await Comparisons.RepairAsync(new RepairRequest("Users", before, RepairKind.Write, "erika", "once more"));

        again.Should().Be(new RepairOutcome(0, 0));
        (await Harness.Control.ListEntriesAsync(EntryTable.Local("Users"))).Items.Should().ContainSingle().Which.Link.Should().Be(link);
    }

    [Fact]
    public async Task An_entry_that_waits_and_has_no_object_is_to_be_added()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        Target.Make("ada", "A", "77");
        await StartAsync(ByNumber);

        (await CompareAsync()).Should().Equal("Unmanaged - 000001", "ToAdd 1 -");
    }

    [Fact]
    public async Task A_rule_that_cannot_be_used_is_an_error_of_the_configuration()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        var start = () => StartAsync(type => type.CorrelateBy("employeeNumber", "number").CorrelateBy("", "login").CorrelateBy("uid", "{{ login |"));

        (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors.Select(error => error.Path[(error.Path.IndexOf("Correlate", StringComparison.Ordinal))..])
            .Should().Equal("Correlate:0:Value", "Correlate:1", "Correlate:2:Value");
    }

    [Fact]
    public async Task A_rule_that_fails_for_an_entry_says_so_and_the_client_goes_on()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        Target.Make("ada", "A", "77");
        await StartAsync(type => type.CorrelateBy("employeeNumber", "{{ 1 / (login | length - 3) }}"));

        var compare = () => Comparisons.CompareAsync("Users");

        await compare.Should().ThrowAsync<ArgumentException>().WithMessage("*'employeeNumber' fails for Users[1]*");
        await Harness.SendAsync(Campus.User("2", "robert"));
        await Harness.AppliedAsync();
        Target.LinkOf("robert").Should().NotBeNull();
    }

    private static void ByNumber(ClientTypeBuilder type) => type.Map("number", "id").CorrelateBy("employeeNumber", "number");
}
