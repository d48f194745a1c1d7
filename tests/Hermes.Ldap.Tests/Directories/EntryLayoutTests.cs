using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;

namespace Hermes.Ldap.Tests.Directories;

public class EntryLayoutTests
{
    private readonly DirectoryEntryOptions _options = new() { Base = "ou=people,dc=x", DnAttribute = "uid", ObjectClasses = { "account" } };

    [Fact]
    public void Values_are_written_as_LDAP_writes_them()
    {
        var entry = Entry.Of(
            ("uid", "a"), ("flag", true), ("number", 42), ("amount", 1.50m), ("when", new DateTime(2024, 5, 1)),
            ("bytes", new byte[] { 1, 2 }), ("list", ValueList.Create([1, 2, 1])));

        var image = Layout().ImageOf(entry);

        image["flag"].Should().Equal("TRUE");
        image["number"].Should().Equal("42");
        image["amount"].Should().Equal("1.50");
        image["when"].Should().Equal("20240501000000Z");
        image["bytes"].Should().Equal(Value.From([1, 2]));
        image["list"].Should().Equal(["1", "2"], "a value of an attribute is there once");
        image["objectClass"].Should().Equal("account");
    }

    [Fact]
    public void The_empty_text_is_left_out_since_no_syntax_allows_it() =>
        Layout().ImageOf(Entry.Of(("uid", "a"), ("cn", ""))).Names.Should().Equal("objectClass", "uid");

    [Fact]
    public void A_map_is_refused_with_the_name_of_its_attribute() =>
        FluentActions.Invoking(() => Layout().ImageOf(Entry.Of(("cn", ValueMap.Create([new("a", 1)])))))
            .Should().Throw<FormatException>().WithMessage("*'cn' holds a map*");

    [Fact]
    public void Ignored_attributes_passwords_and_containers_are_not_written_and_others_are_renamed()
    {
        _options.Ignore.Add("secret");
        (_options.PasswordAttribute, _options.BaseAttribute) = ("password", "container");
        _options.Rename["first"] = "givenName";

        var layout = Layout("uid", "secret", "password", "container", "first");

        layout.Managed.Should().Equal("uid", "givenName");
        layout.ImageOf(Entry.Of(("secret", 1), ("password", "p"), ("container", "dc=y"), ("first", "A"))).Names.Should().Equal("givenName", "objectClass");
    }

    [Fact]
    public void An_entry_stands_in_its_own_container_if_it_has_one()
    {
        _options.BaseAttribute = "container";

        Layout().DnOf(Entry.Of(("uid", "a"))).Should().Be("uid=a,ou=people,dc=x");
        Layout().DnOf(Entry.Of(("uid", "a"), ("container", "ou=other,dc=x"))).Should().Be("uid=a,ou=other,dc=x");
    }

    [Fact]
    public void An_entry_with_two_names_is_refused() =>
        FluentActions.Invoking(() => Layout().DnOf(Entry.Of(("uid", ValueList.Create(["a", "b"])))))
            .Should().Throw<FormatException>().WithMessage("*exactly one text as 'uid'*it has 2*");

    [Fact]
    public void A_difference_holds_what_differs_and_never_the_name()
    {
        var (before, after) = (Layout().ImageOf(Entry.Of(("uid", "a"), ("x", 1), ("y", 1))), Layout().ImageOf(Entry.Of(("uid", "b"), ("X", 1), ("z", 1))));

        EntryDifference.Between(before, after, [], "uid").Select(modification => (modification.Name, modification.Count)).Should().Equal(("y", 0), ("z", 1));
    }

    [Fact]
    public void What_leads_to_a_content_clears_managed_attributes_that_it_lacks()
    {
        var modifications = EntryDifference.Towards(Layout().ImageOf(Entry.Of(("uid", "a"), ("x", 1))), ["x", "y", "uid"], [], "uid");

        modifications.Select(modification => (modification.Name, modification.Count)).Should().Equal(("x", 1), ("y", 0));
    }

    [Fact]
    public void A_removed_secret_which_is_in_neither_entry_is_cleared_or_gets_its_default()
    {
        _options.Rename["pin"] = "carLicense";
        _options.Defaults["title"] = ["none"];
        var entry = Entry.Of(("uid", "a"));

        var modifications = Layout("uid", "pin", "title").DifferenceOf(new("Users", EntryKey.Of("a"), entry, entry, new(Entry.Empty, Entry.Empty, ["pin", "title"])));

        modifications.Select(modification => (modification.Name, modification.Count)).Should().Equal(("carLicense", 0), ("title", 1));
    }

    private EntryLayout Layout(params string[] attributes) =>
        new(new TargetType("Users", [.. attributes], ["id"], [], ImmutableDictionary<string, TargetForeignKey>.Empty), _options, null);
}
