using System.DirectoryServices.Protocols;
using System.Globalization;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.ActiveDirectory;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.ActiveDirectory;

[Collection(nameof(SambaServer)), RequiresServer("samba")]
public sealed class ActiveDirectoryTargetTests(SharedServer<SambaServer> shared) : IAsyncLifetime
{
    private const int Enabled = 512;
    private const int Disabled = 514;
    private const int NeverExpires = 0x10000;

    private readonly string _unique = Guid.NewGuid().ToString("N")[..8];
    private Subtree _tree = null!;
    private SambaServer _server = null!;
    private ActiveDirectoryTarget? _target;
    private TargetDriver _driver = null!;

    private Entry Ann => Entry.Of(("id", 1), ("cn", "Ann, A."), ("sn", "A"), ("login", $"ann{_unique}"), ("mail", "ann@x"));

    private Entry Staff => Entry.Of(("id", 10), ("cn", $"staff{_unique}"), ("description", "All of us"));

    [ServerFact]
    public async Task A_new_account_is_made_disabled_then_gets_a_password_and_is_then_enabled()
    {
        await StartAsync();

        await _driver.AddAsync("Users", Ann);

        _driver.Context.Steps.Should().Equal("look-for-account", "create-account", "set-password", "enable-account");
        Control(@"cn=Ann\, A.").Should().Be(Enabled);
        Values(@"cn=Ann\, A.", "sAMAccountName").Should().Equal($"ann{_unique}");
        Values(@"cn=Ann\, A.", "userPrincipalName").Should().Equal($"ann{_unique}@hermes.test");
        Values(@"cn=Ann\, A.", "pwdLastSet").Should().NotContain("0");
    }

    [ServerFact]
    public async Task A_password_of_the_entry_can_be_used_and_changed()
    {
        await StartAsync();
        var first = Ann.With("password", "First-Passw0rd!");
        var second = Ann.With("password", "Second-Passw0rd!");

        await _driver.AddAsync("Users", first);
        CanBind("First-Passw0rd!").Should().BeTrue();

        await _driver.ModifyAsync("Users", first, second);
        CanBind("Second-Passw0rd!").Should().BeTrue();
    }

    [ServerFact]
    public async Task A_password_against_the_rules_says_so_leaves_the_account_disabled_and_is_shown_nowhere()
    {
        await StartAsync();

        var add = () => _driver.AddAsync("Users", Ann.With("password", "weakling"));

        var failure = (await add.Should().ThrowAsync<TargetException>()).WithMessage("Users 1: *password does not meet the domain's rules*").Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.ToString().Should().NotContain("weakling").And.NotContain(SambaServer.AdminPassword);
        Control(@"cn=Ann\, A.").Should().Be(Disabled);
    }

    [ServerFact]
    public async Task Making_an_account_goes_on_after_an_interruption_before_any_of_its_steps()
    {
        await StartAsync(options => options.Users["Users"].MandatoryGroups.Add(Below($"cn=all{_unique}")));
        AddGroup($"all{_unique}");

        foreach (var (step, i) in new[] { "set-password", "enable-account", "join-mandatory-groups" }.Select((step, i) => (step, i)))
        {
            var entry = Entry.Of(("id", i), ("cn", $"u{i}"), ("login", $"u{i}{_unique}"));
            var change = new EntryAdded("Users", EntryKey.Of(i), entry);
            _driver.Context.InterruptBefore = step;
            await _driver.Invoking(driver => driver.ApplyAsync(change)).Should().ThrowAsync<TestTargetContext.InterruptedException>();

            await _driver.RedeliverAsync(change);

            Control($"cn=u{i}").Should().Be(Enabled, step);
            Values($"cn=u{i}", "pwdLastSet").Should().NotContain("0");
            Values($"cn=all{_unique}", "member").Should().ContainMatch($"CN=u{i},*");
        }
    }

    [ServerFact]
    public async Task An_account_that_is_adopted_is_brought_to_the_wanted_content_and_keeps_its_password()
    {
        await StartAsync(options => (options.Users["Users"].KeyAttribute, options.Users["Users"].WhenExists) = ("employeeNumber", WhenExists.Adopt));
        await _driver.AddAsync("Users", Ann.With("employeeNumber", 1).With("password", "First-Passw0rd!"));

        await _driver.AddAsync("Users", Ann.With("employeeNumber", 1).With("sn", "B").With("mail", Value.Null));

        Values(@"cn=Ann\, A.", "sn").Should().Equal("B");
        Values(@"cn=Ann\, A.", "mail").Should().BeEmpty();
        CanBind("First-Passw0rd!").Should().BeTrue();
    }

    [ServerFact]
    public async Task An_account_that_is_there_already_is_held_and_not_touched()
    {
        await StartAsync(options => options.Users["Users"].KeyAttribute = "employeeNumber");
        var first = Ann.With("employeeNumber", 1);
        await _driver.AddAsync("Users", first);
        _driver.Context.ForgetLinks();

        var add = () => _driver.AddAsync("Users", Ann.With("id", 2).With("employeeNumber", 2).With("sn", "Other").With("login", $"other{_unique}"));

        (await add.Should().ThrowAsync<TargetException>()).WithMessage(@"Users 2: The name is taken by the object CN=Ann\, A.,*'employeeNumber' is 1*not touched*WhenExists*");
        Values(@"cn=Ann\, A.", "sn").Should().Equal("A");
        await _driver.RemoveAsync("Users", first.With("id", 2).With("employeeNumber", 2));
        Control(@"cn=Ann\, A.").Should().Be(Enabled);
        await _driver.TrashAsync("Users", first.With("id", 2).With("employeeNumber", 2));
        Control(@"cn=Ann\, A.").Should().Be(Enabled);
    }

    [ServerFact]
    public async Task A_login_that_another_account_has_is_told_with_whom()
    {
        await StartAsync();
        await _driver.AddAsync("Users", Ann);
        await _driver.AddAsync("Users", Ann.With("id", 3).With("cn", "Bob").With("login", $"bob{_unique}"));

        var add = () => _driver.AddAsync("Users", Ann.With("id", 2).With("cn", "Another"));
        await add.Should().ThrowAsync<TargetException>().WithMessage(@"Users 2: *'sAMAccountName' is that of CN=Ann\, A.,*");
        Exists("cn=Another").Should().BeFalse();

        var change = () => _driver.ModifyAsync(
            "Users", Ann.With("id", 3).With("cn", "Bob").With("login", $"bob{_unique}"), Ann.With("id", 3).With("cn", "Bob"));
        await change.Should().ThrowAsync<TargetException>().WithMessage(@"Users 3: *'sAMAccountName' is that of CN=Ann\, A.,*");
    }

    [ServerFact]
    public async Task A_login_that_a_domain_does_not_take_is_refused_with_its_limit()
    {
        await StartAsync();

        await _driver.Invoking(driver => driver.AddAsync("Users", Ann.With("login", new string('a', 21))))
            .Should().ThrowAsync<TargetException>().WithMessage("Users 1: 'sAMAccountName' has 21 characters, and an account may have 20.*");
        await _driver.Invoking(driver => driver.AddAsync("Users", Ann.With("login", "a+b")))
            .Should().ThrowAsync<TargetException>().WithMessage("Users 1: 'sAMAccountName' has one of the signs*");
        await _driver.Invoking(driver => driver.AddAsync("Users", Ann.With("login", "a@b")))
            .Should().ThrowAsync<TargetException>().WithMessage("Users 1: 'userPrincipalName' must be of the form login@domain*");
        Exists(@"cn=Ann\, A.").Should().BeFalse();
    }

    [ServerFact]
    public async Task Two_leavers_of_one_name_are_moved_to_the_trash_both_at_once()
    {
        await StartAsync(options => options.Users["Users"].TrashBase = Below("ou=trash"));
        await _driver.AddAsync("Users", Ann);
        await _driver.TrashAsync("Users", Ann);
        var second = Ann.With("id", 2).With("login", $"ann2{_unique}");
        await _driver.AddAsync("Users", second);

        await _driver.TrashAsync("Users", second);
        Exists(@"cn=Ann\, A.").Should().BeFalse();

        await _driver.RecycleAsync("Users", second);
        Values(@"cn=Ann\, A.", "sAMAccountName").Should().Equal($"ann2{_unique}");
        await _driver.RemoveAsync("Users", Ann);
        Exists(@"cn=Ann\, A.,ou=trash").Should().BeFalse();
        Values(@"cn=Ann\, A.", "sAMAccountName").Should().Equal($"ann2{_unique}");
    }

    [ServerFact]
    public async Task Account_flags_are_set_by_their_names_and_others_are_left_alone()
    {
        await StartAsync(options =>
        {
            options.Users["Users"].AccountFlags.Add("DONT_EXPIRE_PASSWORD");
            options.Users["Users"].AccountFlagsAttribute = "flags";
        });

        await _driver.AddAsync("Users", Ann.With("flags", ValueList.Create(["SMARTCARD_REQUIRED"])));
        Control(@"cn=Ann\, A.").Should().Be(Enabled | NeverExpires | 0x40000);

        await _driver.ModifyAsync("Users", Ann.With("flags", ValueList.Create(["SMARTCARD_REQUIRED"])), Ann.With("flags", "accountdisable"));
        Control(@"cn=Ann\, A.").Should().Be(Disabled | NeverExpires);

        await _driver.Invoking(driver => driver.ApplyAsync(TargetDriver.Modified("Users", Ann, Ann.With("flags", "NONSENSE"))))
            .Should().ThrowAsync<TargetException>().WithMessage("*'NONSENSE' is unknown*DONT_EXPIRE_PASSWORD*");
    }

    [ServerFact]
    public async Task A_new_account_may_have_to_change_its_password()
    {
        await StartAsync(options => options.Users["Users"].MustChangePassword = true);

        await _driver.AddAsync("Users", Ann);

        Values(@"cn=Ann\, A.", "pwdLastSet").Should().Equal("0");
        Control(@"cn=Ann\, A.").Should().Be(Enabled);
    }

    [ServerFact]
    public async Task A_trashed_account_is_disabled_and_a_recycled_one_enabled_with_its_password()
    {
        await StartAsync();
        await _driver.AddAsync("Users", Ann.With("password", "First-Passw0rd!"));
        var sid = RawSid(@"cn=Ann\, A.");

        await _driver.TrashAsync("Users", Ann);
        Control(@"cn=Ann\, A.").Should().Be(Disabled);
        CanBind("First-Passw0rd!").Should().BeFalse();

        await _driver.RecycleAsync("Users", Ann);
        Control(@"cn=Ann\, A.").Should().Be(Enabled);
        CanBind("First-Passw0rd!").Should().BeTrue();
        RawSid(@"cn=Ann\, A.").Should().Equal(sid);

        await _driver.RemoveAsync("Users", Ann);
        Exists(@"cn=Ann\, A.").Should().BeFalse();
        await _driver.RemoveAsync("Users", Ann);
    }

    [ServerFact]
    public async Task A_trashed_account_may_be_moved_too()
    {
        await StartAsync(options => options.Users["Users"].TrashBase = Below("ou=trash"));
        await _driver.AddAsync("Users", Ann);

        await _driver.TrashAsync("Users", Ann);
        await _driver.ApplyAsync(new EntryTrashed("Users", EntryKey.Of(1), Ann));
        Control(@"cn=Ann\, A.,ou=trash").Should().Be(Disabled);

        await _driver.RecycleAsync("Users", Ann);
        Control(@"cn=Ann\, A.").Should().Be(Enabled);

        await _driver.TrashAsync("Users", Ann);
        await _driver.RemoveAsync("Users", Ann);
        Exists(@"cn=Ann\, A.,ou=trash").Should().BeFalse();
    }

    [ServerFact]
    public async Task A_rename_and_a_move_keep_the_account_and_its_groups()
    {
        await StartAsync();
        await _driver.AddAsync("Users", Ann);
        await _driver.AddAsync("Groups", Staff);
        await _driver.AddAsync("Memberships", Entry.Of(("group_id", 10), ("user_id", 1)));
        var sid = RawSid(@"cn=Ann\, A.");

        var renamed = Ann.With("cn", "Anna").With("login", $"anna{_unique}").With("container", Below("ou=other"));
        await _driver.ModifyAsync("Users", Ann, renamed);
        await _driver.ApplyAsync(TargetDriver.Modified("Users", Ann, renamed));

        RawSid("cn=Anna,ou=other").Should().Equal(sid);
        Values("cn=Anna,ou=other", "userPrincipalName").Should().Equal($"anna{_unique}@hermes.test");
        Values($"cn=staff{_unique}", "member").Should().ContainSingle().Which.Should().StartWithEquivalentOf("cn=Anna,ou=other,");
    }

    [ServerFact]
    public async Task Groups_are_of_the_wanted_kind_and_may_hold_each_other()
    {
        await StartAsync(options => options.Groups["Groups"].GroupKind = GroupKind.UniversalSecurity);
        var child = Entry.Of(("id", 11), ("cn", $"child{_unique}"));
        await _driver.AddAsync("Groups", Staff);
        await _driver.AddAsync("Groups", child);

        for (var i = 0; i < 2; i++)
            await _driver.AddAsync("Nestings", Entry.Of(("group_id", 10), ("child_id", 11)));

        Values($"cn=staff{_unique}", "groupType").Should().Equal("-2147483640");
        Values($"cn=staff{_unique}", "sAMAccountName").Should().Equal($"staff{_unique}");
        Values($"cn=staff{_unique}", "member").Should().ContainSingle().Which.Should().StartWithEquivalentOf($"cn=child{_unique},");

        for (var i = 0; i < 2; i++)
            await _driver.ApplyAsync(new EntryRemoved("Nestings", EntryKey.Of(10, 11), Entry.Of(("group_id", 10), ("child_id", 11))));
        Values($"cn=staff{_unique}", "member").Should().BeEmpty();

        await _driver.TrashAsync("Groups", Staff);
        Exists($"cn=staff{_unique}").Should().BeTrue("a group keeps its rights while it is in the trashbin");
        await _driver.RemoveAsync("Groups", Staff);
        Exists($"cn=staff{_unique}").Should().BeFalse();
    }

    [ServerFact]
    public async Task A_group_may_list_its_members()
    {
        await StartAsync(options => (options.Groups["Groups"].MembersAttribute, options.Groups["Groups"].MembersType) = ("members", "Users"));
        await _driver.AddAsync("Users", Ann);
        var listed = Staff.With("members", ValueList.Create([1]));

        await _driver.AddAsync("Groups", listed);
        Values($"cn=staff{_unique}", "member").Should().ContainSingle();

        await _driver.ModifyAsync("Groups", listed, Staff);
        Values($"cn=staff{_unique}", "member").Should().BeEmpty();
    }

    public async Task InitializeAsync()
    {
        if (ServerSoftware.Named("samba").Missing() is not null)
            return;
        _server = await shared.GetAsync();
        _tree = Subtree.Of(_server);
        foreach (var container in new[] { "other", "trash" })
            _tree.Add($"ou={container}", ("objectClass", "organizationalUnit"));
    }

    public Task DisposeAsync()
    {
        _target?.Dispose();
        _tree?.Dispose();
        return Task.CompletedTask;
    }

    private async Task StartAsync(Action<ActiveDirectoryTargetOptions>? configure = null)
    {
        var options = new ActiveDirectoryTargetOptions
        {
            Url = _server.Url,
            BindDn = SambaServer.Admin,
            Password = SambaServer.AdminPassword,
            CaCertificateFile = _server.CaFile,
        };
        options.Users["Users"] = new AccountOptions
        {
            Base = _tree.Dn,
            Ignore = { "id", "uid", "title", "flags" },
            Rename = { ["login"] = "sAMAccountName" },
            BaseAttribute = "container",
            PasswordAttribute = "password",
            UpnSuffix = "hermes.test",
        };
        options.Groups["Groups"] = new GroupOptions { Base = _tree.Dn, Ignore = { "id", "members" } };
        options.Memberships["Memberships"] = new DirectoryMembershipOptions { Group = "group_id", Member = "user_id" };
        options.Memberships["Nestings"] = new DirectoryMembershipOptions { Group = "group_id", Member = "child_id" };
        configure?.Invoke(options);
        _target = new ActiveDirectoryTarget(options);
        _driver = new TargetDriver(_target);
        await _driver.StartAsync();
    }

    private string Below(string relative) => _tree.Below(relative);

    private bool Exists(string relative) => _tree.Exists(relative);

    private string[] Values(string relative, string attribute) => _tree.Values(relative, attribute);

    private int Control(string relative) => int.Parse(Values(relative, "userAccountControl").Single(), CultureInfo.InvariantCulture);

    private byte[] RawSid(string relative)
    {
        var response = (SearchResponse)_tree.Connection.SendRequest(new SearchRequest(Below(relative), "(objectClass=*)", SearchScope.Base, "objectSid"));
        return (byte[])response.Entries[0].Attributes["objectSid"].GetValues(typeof(byte[]))[0];
    }

    private void AddGroup(string name) => _tree.Add($"cn={name}", ("objectClass", "group"), ("sAMAccountName", name));

    private bool CanBind(string password) =>
        BareConnection.CanOpen(_server.Administrator with { Name = $"ann{_unique}@hermes.test", Password = password });
}
