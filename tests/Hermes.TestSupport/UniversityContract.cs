using Hermes.Abstractions.Data;
using Hermes.Diff.Model;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.State;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.TestSupport;

/// <summary>
/// A university with two sources and an auxiliary one, as an executable specification: what is in the sources, what is changed, and the
/// exact events that
/// follow. Staff and students are aggregated, a wifi table is merged into both, memberships are constrained on both parents. Run it on
/// every kind of state.
/// </summary>
public abstract class UniversityContract : IAsyncLifetime
{
    private readonly InMemorySource _hr = new();
    private readonly InMemorySource _registry = new();
    private readonly InMemorySource _network = new();
    private readonly InMemoryTable _staff;
    private readonly InMemoryTable _students;
    private readonly InMemoryTable _wifi;
    private readonly InMemoryTable _groups;
    private readonly InMemoryTable _units;
    private readonly InMemoryTable _members;
    private readonly InMemoryTable _lockers;
    private readonly InMemoryTable _locks;
    private readonly ServerHarness _harness = new();

    protected UniversityContract()
    {
        _staff = _hr.Table("staff", "id", "login", "name", "email", "phone1", "phone2", "password", "badge", "grade")
            .Add(1, "ada", "Ada Lovelace", "ADA@UNI.EXAMPLE", "11", Value.Null, "pw-ada", "B1", "prof")
            .Add(2, "bob", "Bob Dürer", "Bob@uni.example", "12", "13", "pw-bob", "B2", "tech");
        _students = _registry.Table("students", "id", "login", "name", "email")
            .Add(101, "eve", "Eve", "eve@uni.example")
            .Add(102, "fay", "Fay", Value.Null);
        _wifi = _network.Table("wifi", "id", "ssid").Add(1, "campus").Add(101, "dorm").Add(999, "nobody");
        _groups = _registry.Table("groups", "id", "name").Add("g1", "Physics").Add("g2", "Chemistry");
        _units = _hr.Table("units", "id", "name", "floor").Add("g1", "Physics dept", 3).Add("g3", "Library", 0);
        _members = _registry.Table("members", "group", "user").Add("g1", 1).Add("g1", 101).Add("g2", 102).Add("g2", 555).Add("g9", 1);
        _lockers = _hr.Table("lockers", "number", "owner").Add(1, "ada").Add(2, "bob").Add(3, "nobody");
        _locks = _network.Table("locks", "number", "model").Add(1, "X").Add(3, "Y").Add(4, "Z");
    }

    /// <summary>The store; each call gives the same one, with what was committed before.</summary>
    protected abstract IServerStateStore Store { get; }

    public async Task InitializeAsync() => (await _harness.StartAsync(University)).Error.Should().BeNull();

    public async Task DisposeAsync()
    {
        await _harness.DisposeAsync();
        await CleanUpAsync();
    }

    [Fact]
    public void First_poll_fills_the_cache_and_sends_nothing()
    {
        _harness.Events.Should().BeEmpty();
        _harness.Control.Status.Types.Select(type => (type.Name, type.Entries))
            .Should().Equal(("Groups", 3), ("Users", 4), ("Members", 3), ("Lockers", 1));
    }

    [Fact]
    public async Task Initsync_carries_schema_and_entries_and_the_poll_after_it_the_secrets()
    {
        await _harness.Control.InitSyncAsync();

        Sent().Should().Equal(
            "init-start Groups[id](floor,id,name); Users[id](id,login,mail,name,password!,phones,ssid); "
            + "Members[group,user](group,user) group->Groups.id user->Users.id; Lockers[number](model,number,owner)",
            "init Groups \"g1\": floor=3 id=\"g1\" name=\"Physics\"",
            "init Groups \"g2\": id=\"g2\" name=\"Chemistry\"",
            "init Groups \"g3\": floor=0 id=\"g3\" name=\"Library\"",
            "init Users 1: id=1 login=\"ada\" mail=\"ada@uni.example\" name=\"Ada Lovelace\" phones=[\"11\"] ssid=\"campus\"",
            "init Users 2: id=2 login=\"bob\" mail=\"bob@uni.example\" name=\"Bob Dürer\" phones=[\"12\", \"13\"]",
            "init Users 101: id=101 login=\"eve\" mail=\"eve@uni.example\" name=\"Eve\" ssid=\"dorm\"",
            "init Users 102: id=102 login=\"fay\" name=\"Fay\"",
            "init Members (\"g1\", 1): group=\"g1\" user=1",
            "init Members (\"g1\", 101): group=\"g1\" user=101",
            "init Members (\"g2\", 102): group=\"g2\" user=102",
            "init Lockers 1: model=\"X\" number=1 owner=\"ada\"",
            "init-stop",
            "modified Users 1: +password=\"pw-ada\"",
            "modified Users 2: +password=\"pw-bob\"");
    }

    [Fact]
    public async Task Hiring_marrying_and_leaving_arrive_parents_first_and_leave_children_first()
    {
        _staff.Add(3, "cid", "Cid", Value.Null, Value.Null, Value.Null, Value.Null, "B3", "tech");
        _members.Add("g2", 3);
        _staff.Set(1, "name", "Ada King");
        _students.Remove(101);
        _groups.Remove("g2");

        await UpdateAsync();

        Sent().Should().Equal(
            "added Users 3: id=3 login=\"cid\" name=\"Cid\"",
            "modified Users 1: name=\"Ada King\"",
            "removed Members (\"g1\", 101)",
            "removed Members (\"g2\", 102)",
            "removed Users 101",
            "removed Groups \"g2\"");
    }

    [Fact]
    public async Task Attributes_are_added_modified_and_removed_one_by_one()
    {
        _staff.Set(1, "phone2", "14");
        _staff.Set(2, "phone1", Value.Null);
        _staff.Set(2, "phone2", Value.Null);
        _students.Set(102, "email", "FAY@UNI.EXAMPLE");

        await UpdateAsync();

        Sent().Should().Equal(
            "modified Users 1: phones=[\"11\", \"14\"]",
            "modified Users 2: -phones",
            "modified Users 102: +mail=\"FAY@UNI.EXAMPLE\"");
    }

    [Fact]
    public async Task Member_waits_for_its_parents_and_comes_when_they_do()
    {
        _members.Add("g4", 103);
        await UpdateAsync();
        Sent().Should().BeEmpty();
        _harness.Control.Status.Types[2].IntegrityFiltered.First.Should().Equal("<Members[(g2, 555)]>", "<Members[(g9, 1)]>", "<Members[(g4, 103)]>");

        _groups.Add("g4", "Maths");
        await UpdateAsync();
        Sent().Should().Equal("added Groups \"g4\": id=\"g4\" name=\"Maths\"");

        _students.Add(103, "gil", "Gil", Value.Null);
        await UpdateAsync();
        Sent().Should().Equal(
            "added Users 103: id=103 login=\"gil\" name=\"Gil\"",
            "added Members (\"g4\", 103): group=\"g4\" user=103");
    }

    [Fact]
    public async Task Student_with_the_id_of_a_member_of_staff_is_left_out_and_the_member_of_staff_stays()
    {
        _students.Add(2, "bo2", "Bob the student", Value.Null);

        await UpdateAsync();

        Sent().Should().BeEmpty();
        Users().MergeFiltered.First.Should().Contain("<Users[2]>");
    }

    [Fact]
    public async Task Wifi_of_somebody_unknown_is_left_out_until_the_person_comes()
    {
        Users().MergeFiltered.First.Should().Contain("<Users[999]>");
        _students.Add(999, "zoe", "Zoé", Value.Null);

        await UpdateAsync();

        Sent().Should().Equal("added Users 999: id=999 login=\"zoe\" name=\"Zoé\" ssid=\"nobody\"");
    }

    [Fact]
    public async Task Key_that_stands_twice_keeps_the_cached_entry_and_leaves_a_new_one_out()
    {
        _staff.Set(2, "name", "Bob changed");
        _staff.Add(2, "bob", "Bob again", Value.Null, Value.Null, Value.Null, Value.Null, Value.Null, Value.Null);
        _staff.Add(7, "ida", "Ida", Value.Null, Value.Null, Value.Null, Value.Null, Value.Null, Value.Null);
        _staff.Add(7, "ivo", "Ivo", Value.Null, Value.Null, Value.Null, Value.Null, Value.Null, Value.Null);

        await UpdateAsync();

        Sent().Should().BeEmpty();
        Users().Inconsistencies.First.Should().BeEquivalentTo("<Users[2]>", "<Users[7]>");
        Users().Entries.Should().Be(4);

        _staff.Remove(2);
        _staff.Remove(7, "ivo");
        await UpdateAsync();
        Sent().Should().Equal("added Users 7: id=7 login=\"ida\" name=\"Ida\"", "removed Users 2");
    }

    [Fact]
    public async Task Sources_that_contradict_each_other_leave_the_cached_entry_as_it_is()
    {
        _lockers.Set(1, "owner", "bob");
        _locks.Set(1, "model", "X2");
        _harness.Control.Status.Types[3].Conflicts.Count.Should().Be(0);
        await UpdateAsync();
        Sent().Should().Equal("modified Lockers 1: model=\"X2\" owner=\"bob\"");

        var contradiction = _network.Table("locks", "number", "model", "owner").Add(1, "X3", "eve");
        await _harness.StartAsync(WithOwnerFromBoth);
        Sent().Should().OnlyContain(line => line.Contains("+password"), "after a restart the secrets are sent again, and nothing else");
        _harness.Control.Status.Types[3].Conflicts.First.Should().Equal("<Lockers[1]> in owner");

        contradiction.Set(1, "owner", "bob");
        await UpdateAsync();
        Sent().Should().Equal("modified Lockers 1: model=\"X3\"");
    }

    [Fact]
    public async Task First_value_counts_where_the_type_says_so()
    {
        _units.Set("g1", "name", "Something else");
        _units.Set("g1", "floor", 4);

        await UpdateAsync();

        Sent().Should().Equal("modified Groups \"g1\": floor=4");
        _harness.Control.Status.Types[0].Conflicts.First.Should().Equal("<Groups[g1]> in name");
    }

    [Fact]
    public async Task Entry_that_must_exist_in_both_sources_falls_when_one_loses_it()
    {
        _locks.Add(2, "W");
        await UpdateAsync();
        Sent().Should().Equal("added Lockers 2: model=\"W\" number=2 owner=\"bob\"");

        _locks.Remove(1);
        await UpdateAsync();
        Sent().Should().Equal("removed Lockers 1");
    }

    [Fact]
    public async Task Merge_constraint_drops_a_row_of_its_source()
    {
        _lockers.Set(1, "owner", "nobody");

        await UpdateAsync();

        Sent().Should().Equal("removed Lockers 1");
    }

    [Fact]
    public async Task Cache_only_and_local_attributes_are_never_sent()
    {
        _staff.Set(1, "badge", "B99");
        _staff.Set(1, "grade", "dean");

        await UpdateAsync();

        Sent().Should().BeEmpty();
    }

    [Fact]
    public async Task Secret_that_changes_is_sent_and_one_that_goes_is_removed()
    {
        _staff.Set(1, "password", "pw-new");
        _staff.Set(2, "password", Value.Null);

        await UpdateAsync();

        Sent().Should().Equal("modified Users 1: password=\"pw-new\"", "modified Users 2: -password");
    }

    [Fact]
    public async Task Secrets_count_as_added_after_a_restart()
    {
        await _harness.StopAsync();

        await _harness.StartAsync(University);

        Sent().Should().Equal("modified Users 1: +password=\"pw-ada\"", "modified Users 2: +password=\"pw-bob\"");
    }

    [Fact]
    public async Task Source_that_breaks_off_removes_nothing_and_the_next_poll_makes_up_for_it()
    {
        _students.Fail(after: 1);
        _staff.Set(1, "name", "Ada King");
        (await _harness.UpdateAsync()).Error.Should().Contain("Users").And.Contain("registry").And.Contain("broke off");
        Sent().Should().BeEmpty();

        _students.Recover();
        await UpdateAsync();
        Sent().Should().Equal("modified Users 1: name=\"Ada King\"");
    }

    [Fact]
    public async Task Source_that_returns_fewer_rows_than_it_said_removes_nothing()
    {
        _students.Announce(2);
        _students.Remove(101);

        (await _harness.UpdateAsync()).Error.Should().Contain("announced 2 rows and returned 1");

        Sent().Should().BeEmpty();
        Users().Entries.Should().Be(4);
    }

    [Fact]
    public async Task Everything_leaves_in_reverse_order_and_comes_back_in_order()
    {
        foreach (var table in (InMemoryTable[])[_staff, _students, _groups, _units, _members, _lockers])
            table.Clear();
        await UpdateAsync();
        Sent().Should().HaveCount(11).And.StartWith(["removed Lockers 1"]);

        _groups.Add("g1", "Physics");
        _students.Add(101, "eve", "Eve", Value.Null);
        _members.Add("g1", 101);
        await UpdateAsync();
        Sent().Should().Equal(
            "added Groups \"g1\": id=\"g1\" name=\"Physics\"",
            "added Users 101: id=101 login=\"eve\" name=\"Eve\" ssid=\"dorm\"",
            "added Members (\"g1\", 101): group=\"g1\" user=101");
    }

    /// <summary>Removes what the store left behind.</summary>
    protected virtual Task CleanUpAsync() => Task.CompletedTask;

    private static Action<ServerRuntime.Configuration.TypeSourceBuilder> Locks(params string[] attributes) =>
        source => source.Fetch("locks").MapAll(attributes).Keys(KeyMergeConstraint.MustExistInBoth);

    private void University(IHermesServerBuilder server) => Describe(server, Locks("number", "model"));

    private void WithOwnerFromBoth(IHermesServerBuilder server) => Describe(server, Locks("number", "model", "owner"));

    private void Describe(IHermesServerBuilder server, Action<ServerRuntime.Configuration.TypeSourceBuilder> locks) => server
        .UseState(_ => Store)
        .GuardRemovals(guard => guard.Enabled = false)
        .AddInMemorySource("hr", _hr)
        .AddInMemorySource("registry", _registry)
        .AddInMemorySource("network", _network)
        .DataType("Groups", type => type
            .Key("id")
            .OnMergeConflict(MergeConflictPolicy.KeepFirstValue)
            .From("registry", source => source.Fetch("groups").MapAll("id", "name"))
            .From("hr", source => source.Fetch("units").MapAll("id", "name", "floor")))
        .DataType("Users", type => type
            .Key("id")
            .From("hr", source => source.Fetch("staff")
                .MapAll("id", "login", "name", "password", "badge", "grade")
                .Map("mail", "{{ email | lower if email else none }}")
                .MapList("phones", "phone1", "phone2"))
            .From("registry", source => source.Fetch("students")
                .MapAll("id", "login", "name")
                .Map("mail", "email")
                .Keys(KeyMergeConstraint.MustNotExist))
            .From("network", source => source.Fetch("wifi").MapAll("id", "ssid").Keys(KeyMergeConstraint.MustAlreadyExist))
            .Secret("password")
            .CacheOnly("badge")
            .Local("grade"))
        .DataType("Members", type => type
            .Key("group", "user")
            .From("registry", source => source.Fetch("members").MapAll("group", "user"))
            .ForeignKey("group", "Groups", "id")
            .ForeignKey("user", "Users", "id")
            .IntegrityConstraint("{{ _SELF.group in Groups_pkeys and _SELF.user in Users_pkeys }}"))
        .DataType("Lockers", type => type
            .Key("number")
            .From("hr", source => source.Fetch("lockers").MapAll("number", "owner").MergeConstraint("{{ _SELF.owner != 'nobody' }}"))
            .From("network", locks));

    private ServerRuntime.Control.ServerTypeStatus Users() => _harness.Control.Status.Types[1];

    private async Task UpdateAsync() => (await _harness.UpdateAsync()).Error.Should().BeNull();

    private IReadOnlyList<string> Sent() => EventLines.Of(_harness.TakeEvents());
}
