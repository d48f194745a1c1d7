using System.Collections.Immutable;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Http.Scim;
using Hermes.TestSupport.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Tests.Registration;

public sealed class ScimKindTests
{
    private readonly RecordingClientBuilder _client = new();

    [Fact]
    public void A_target_is_made_from_its_section()
    {
        _client.AddHttpKinds();

        using var target = (ScimTarget)_client.Target(
            "Scim", ("Kind", "Scim"), ("Address", "https://portal.example/scim/v2"), ("Authentication", "Bearer"), ("Token", "abc"), ("Update", "Put"), ("MemberRemoval", "Values"),
            ("Resources:Users:Endpoint", "Users"), ("Resources:Users:Attributes:login", "userName"), ("Resources:Users:Attributes:mail", "emails[work]"),
            ("Resources:Users:Match:0", "userName"), ("Resources:Users:WhenTrashed", "Keep"), ("Memberships:Members:Group", "group"), ("Memberships:Members:Member", "user"));

        target.Handles("Users", TargetChangeKind.Added).Should().BeTrue();
        target.Handles("Members", TargetChangeKind.Added).Should().BeTrue();
        target.Handles("Groups", TargetChangeKind.Added).Should().BeFalse();
    }

    [Fact]
    public void All_errors_of_a_target_and_its_types_are_told_together()
    {
        _client.AddHttpKinds();

        var make = () => _client.Target(
            "Scim", ("Address", "nonsense"),
            ("Resources:Groups:Endpoint", "Groups"), ("Resources:Groups:Atributes:a", "b"),
            ("Resources:Users:Endpoint", "Users"), ("Resources:Users:Attributes:login", "user name"), ("Resources:Users:Attributes:x", "id"),
            ("Resources:Cars:Endpoint", "Cars"), ("Resources:Cars:Attributes:plate", "plate"), ("Resources:Cars:Match:0", "colour"));

        var told = make.Should().Throw<HermesConfigurationException>().Which;
        told.Errors.Select(error => error.Path).Should().BeEquivalentTo(
            "Part:Address", "Part:Resources:Groups:Atributes", "Part:Resources:Users:Attributes:login", "Part:Resources:Users:Attributes:x",
            "Part:Resources:Cars:Schema", "Part:Resources:Cars:Match");
        told.Message.Should().Contain("Did you mean Attributes?");
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_setting_that_does_not_fit_the_others_is_told_with_its_path(string setting, Action<ScimTargetOptions> change)
    {
        _client.ToScim(options =>
        {
            (options.Address, options.Authentication, options.Token) = ("https://portal.example", HttpAuthentication.Bearer, "s3cret");
            options.Resources["Users"] = new ScimTypeOptions { Endpoint = "Users", Attributes = { ["login"] = "userName" } };
            change(options);
        });

        var make = () => _client.Target();

        var told = make.Should().Throw<HermesConfigurationException>().Which;
        told.Errors.Select(error => error.Path).Should().Contain($"Target:{setting}");
        told.Message.Should().NotContain("s3cret");
    }

    public static TheoryData<string, Action<ScimTargetOptions>> Mistakes() => new()
    {
        { "Address", options => options.Address = "http://portal.example" },
        { "MembersPerRequest", options => options.MembersPerRequest = 0 },
        { "Resources:Users:Endpoint", options => options.Resources["Users"].Endpoint = "" },
        { "Resources:Users:Endpoint", options => options.Resources["Users"].Endpoint = "../Users" },
        { "Resources:Users:Attributes", options => options.Resources["Users"].Attributes.Clear() },
        { "Resources:Users:Attributes", options => options.Resources["Users"].Attributes["name"] = "urn:ietf:params:scim:schemas:core:2.0:User:userName" },
        { "Resources:Users:Match", options => options.Resources["Users"].Match.Add("displayName") },
        { "Memberships:Members:Group", options => options.Memberships["Members"] = new() { Member = "user" } },
        { "Memberships:Members:ScimAttribute", options => options.Memberships["Members"] = new() { Group = "group", Member = "user", ScimAttribute = "members[*]" } },
        {
            "Resources:Users:Match", options => (options.Resources["Users"].Endpoint, options.Resources["Users"].Schema, options.Resources["Users"].WhenExists) =
                ("People", "urn:campus:Person", ScimWhenExists.Adopt)
        },
    };

    [Fact]
    public async Task What_does_not_fit_the_types_of_the_client_is_told_together_when_it_starts()
    {
        var options = new ScimTargetOptions { Address = "https://portal.example" };
        options.Resources["Users"] = new ScimTypeOptions { Endpoint = "Users", Attributes = { ["logn"] = "userName" } };
        options.Resources["Teams"] = new ScimTypeOptions { Endpoint = "Groups", Attributes = { ["name"] = "displayName" } };
        options.Resources["Groups"] = new ScimTypeOptions { Endpoint = "Groups", Attributes = { ["name"] = "displayName", ["members"] = "members", ["cars"] = "name.formatted" } };
        using var target = new ScimTarget(options);
        TargetType[] types =
        [
            new("Users", ["id", "login"], ["id"], [], ImmutableDictionary<string, TargetForeignKey>.Empty),
            new("Groups", ["cars", "members", "name"], ["name"], [], ImmutableDictionary<string, TargetForeignKey>.Empty)
            {
                References = ImmutableDictionary<string, TargetReference>.Empty.Add("members", new("People", IsList: true)).Add("cars", new("Users", IsList: true)),
            },
        ];

        var start = async () => await target.StartAsync(types, default);

        (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors.Select(error => error.Path).Should().BeEquivalentTo(
            "Target:Resources:Users:Attributes:logn", "Target:Resources:Teams", "Target:Resources:Groups:Attributes:members", "Target:Resources:Groups:Attributes:cars");
    }

    [Fact]
    public async Task Memberships_that_do_not_lead_to_resources_are_told_when_the_types_are_known()
    {
        var options = new ScimTargetOptions { Address = "https://portal.example" };
        options.Resources["Groups"] = new ScimTypeOptions { Endpoint = "Groups", Attributes = { ["name"] = "displayName", ["members"] = "members" } };
        options.Memberships["Members"] = new ScimMembershipOptions { Group = "group", Member = "user" };
        options.Memberships["Helpers"] = new ScimMembershipOptions { Group = "group", Member = "user" };
        using var target = new ScimTarget(options);
        var members = new TargetType("Members", ["group", "user"], [], [], ImmutableDictionary<string, TargetForeignKey>.Empty);
        TargetType[] types =
        [
            new("Groups", ["members", "name"], ["name"], [], ImmutableDictionary<string, TargetForeignKey>.Empty),
            new("Helpers", ["group", "user"], ["group"], [], ImmutableDictionary<string, TargetForeignKey>.Empty.Add("user", new("Users", "id"))),
            members,
        ];

        await target.StartAsync(types[..1].Append(types[1] with { Key = [] }).Append(members).ToList(), default);
        types[2] = members with { Key = ["group"], ForeignKeys = types[1].ForeignKeys.Add("group", new("Groups", "id")) };
        var start = async () => await target.StartAsync(types, default);

        var told = (await start.Should().ThrowAsync<HermesConfigurationException>()).Which;
        told.Errors.Select(error => error.Path).Should().BeEquivalentTo(
            "Target:Memberships:Members", "Target:Memberships:Members", "Target:Memberships:Helpers", "Target:Memberships:Helpers");
        told.Message.Should().Contain("'group' of 'Helpers' is no foreign key").And.Contain("'Users', to which")
            .And.Contain("'members' of 'Groups' is written to 'members' as well");
    }
}
