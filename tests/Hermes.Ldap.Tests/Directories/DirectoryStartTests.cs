using System.Collections.Immutable;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;

namespace Hermes.Ldap.Tests.Directories;

public class DirectoryStartTests
{
    [Fact]
    public async Task All_that_does_not_fit_the_types_of_the_client_is_reported_together()
    {
        var options = new DirectoryTargetOptions { Url = "ldap://127.0.0.1" };
        options.Entries["Users"] = new DirectoryEntryOptions { Base = "dc=x", DnAttribute = "uid", MembersAttribute = "members", MembersType = "Persons" };
        options.Entries["Rooms"] = new DirectoryEntryOptions { Base = "dc=x", DnAttribute = "cn" };
        options.Memberships["Memberships"] = new DirectoryMembershipOptions { Group = "group_id", Member = "nobody" };
        using var target = new DirectoryTarget(options);

        var start = async () => await target.StartAsync(TargetDriver.Types, CancellationToken.None);

        var errors = (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors.Select(error => error.ToString());
        errors.Should().SatisfyRespectively(
            error => error.Should().Match("Target:Entries:Rooms: The client has no data type 'Rooms'.*Users*"),
            error => error.Should().Match("Target:Memberships:Memberships: The type 'Groups' is not among*"),
            error => error.Should().Match("Target:Memberships:Memberships: *'nobody'*no foreign key*MemberType*"),
            error => error.Should().Match("Target:Entries:Users:MembersType: The type 'Persons' is not among*"));
    }

    [Fact]
    public async Task References_that_cannot_be_written_are_reported_together()
    {
        var options = new DirectoryTargetOptions { Url = "ldap://127.0.0.1" };
        var users = options.Entries["Users"] = new DirectoryEntryOptions { Base = "dc=x", DnAttribute = "uid" };
        (users.ReferenceAttributes["maneger"], users.ReferenceValues["manager"]) = ("manager", "uid");
        users.Ignore.Add("room");
        var type = TargetDriver.Types.First(type => type.Name == "Users") with
        {
            References = ImmutableDictionary.CreateRange<string, TargetReference>(
                [new("manager", new("Users", IsList: false)), new("groups", new("Groups", IsList: true)), new("room", new("Rooms", IsList: false))]),
        };
        using var target = new DirectoryTarget(options);

        var start = async () => await target.StartAsync([type], CancellationToken.None);

        (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors.Select(error => error.ToString()).Should().SatisfyRespectively(
            error => error.Should().Match("Target:Entries:Users:groups: The type 'Groups' is not among*"),
            error => error.Should().Match("Target:Entries:Users: The attribute 'maneger' of 'Users' is no reference*groups, manager, room*"));
    }

    [Fact]
    public async Task Memberships_that_the_server_does_not_send_yet_are_waited_for()
    {
        var options = new DirectoryTargetOptions { Url = "ldap://127.0.0.1" };
        options.Memberships["Memberships"] = new DirectoryMembershipOptions { Group = "group_id", Member = "user_id" };
        var type = TargetDriver.Types.First(type => type.Name == "Memberships");
        using var target = new DirectoryTarget(options);

        var start = async () => await target.StartAsync([type with { Key = [], ForeignKeys = ImmutableDictionary<string, TargetForeignKey>.Empty }], CancellationToken.None);
        var startAgain = async () => await target.StartAsync([type], CancellationToken.None);

        await start.Should().NotThrowAsync();
        await startAgain.Should().ThrowAsync<HermesConfigurationException>("both ends are missing");
    }

    [Fact]
    public void Types_that_are_not_configured_are_not_wanted()
    {
        var options = new DirectoryTargetOptions { Url = "ldap://127.0.0.1" };
        options.Entries["Users"] = new DirectoryEntryOptions { Base = "dc=x", DnAttribute = "uid" };
        using var target = new DirectoryTarget(options);

        target.Handles("Users", TargetChangeKind.Added).Should().BeTrue();
        target.Handles("Groups", TargetChangeKind.Added).Should().BeFalse();
    }
}
