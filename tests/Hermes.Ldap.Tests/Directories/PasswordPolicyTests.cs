using Hermes.Abstractions;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Directories.DirectoryFixture;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>Passwords that a server refuses. The administrator of slapd stands above its policies, so a user sets her own.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class PasswordPolicyTests(SharedServer<SlapdServer> shared)
{
    private const string First = "Str0ng-enough";

    [ServerFact]
    public async Task A_password_that_is_too_short_says_so_and_the_next_one_is_taken() =>
        await RefuseAsync("short", "*The password is shorter than the policy of the server allows. Set another one at the source*");

    [ServerFact]
    public async Task A_password_that_was_used_before_says_so() =>
        await RefuseAsync(First, "*one of those that the account had before*");

    private async Task RefuseAsync(string refused, string message)
    {
        var server = await shared.GetAsync();
        var tree = Subtree.WithIntegrity(server);
        tree.AddPolicy();
        using var fixture = await DirectoryFixture.MakeAsync(server, tree, options =>
        {
            options.BindDn = tree.Below("uid=ann,ou=people");
            options.Password = First;
        });
        tree.Add("uid=ann,ou=people", ("objectClass", "inetOrgPerson"), ("uid", "ann"), ("cn", "Ann"), ("sn", "A"), ("userPassword", First));

        // The history begins with the first change.
        await fixture.Driver.ApplyAsync(TargetDriver.Modified("Users", Ann, Ann.With("password", "An0ther-strong-one")));
        var change = () => fixture.Driver.ApplyAsync(TargetDriver.Modified("Users", Ann, Ann.With("password", refused)));

        var failure = (await change.Should().ThrowAsync<TargetException>()).WithMessage(message).Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.ToString().Should().NotContain(refused + "'").And.NotContain(First);

        await fixture.Driver.ApplyAsync(TargetDriver.Modified("Users", Ann, Ann.With("password", "A-third-Str0ng-one")));
        BareConnection.CanOpen(server.Administrator with { Name = fixture.User("ann"), Password = "A-third-Str0ng-one" }).Should().BeTrue();
    }
}
