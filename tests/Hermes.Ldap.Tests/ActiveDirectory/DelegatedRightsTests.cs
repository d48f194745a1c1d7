using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;
using Hermes.Ldap.ActiveDirectory;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.ActiveDirectory;

/// <summary>Keeps docs/targets/active-directory.md true: the service account needs no more than what stands there.</summary>
[Collection(nameof(SambaServer)), RequiresServer("samba")]
public sealed partial class DelegatedRightsTests(SharedServer<SambaServer> shared)
{
    private const string Password = "Serv1ce-Passw0rd!";
    private const string User = "bf967aba-0de6-11d0-a285-00aa003049e2";
    private const string Group = "bf967a9c-0de6-11d0-a285-00aa003049e2";
    private const string ResetPassword = "00299570-246d-11d0-a768-00aa006e0529";

    private readonly string _unique = Guid.NewGuid().ToString("N")[..8];

    [ServerFact]
    public async Task The_rights_that_the_documentation_asks_for_are_enough()
    {
        var server = await shared.GetAsync();
        using var tree = Subtree.Of(server);
        var sid = await MakeServiceAccountAsync(server);
        foreach (var container in new[] { "people", "groups", "former" })
        {
            tree.Add($"ou={container}", ("objectClass", "organizationalUnit"));
            await server.ToolAsync("dsacl", "set", $"--objectdn={tree.Below($"ou={container}")}", $"--sddl={Rights(sid)}");
        }

        using var target = new ActiveDirectoryTarget(Options(server, tree));
        var driver = new TargetDriver(target);
        await driver.StartAsync();
        var ann = Entry.Of(("id", 1), ("cn", "Ann"), ("sn", "A"), ("login", $"ann{_unique}"), ("mail", "ann@x"));
        var anna = ann.With("cn", "Anna").With("mail", "anna@x").With("password", "An0ther-Passw0rd!");
        var staff = Entry.Of(("id", 10), ("cn", $"staff{_unique}"));
        var membership = Entry.Of(("group_id", 10), ("user_id", 1));

        await driver.AddAsync("Users", ann);
        await driver.AddAsync("Groups", staff);
        await driver.AddAsync("Memberships", membership);
        await driver.ModifyAsync("Users", ann, anna);
        tree.Values("cn=Anna,ou=people", "userAccountControl").Should().Equal("512");
        tree.Values("cn=Anna,ou=people", "mail").Should().Equal("anna@x");
        tree.Values($"cn=staff{_unique},ou=groups", "member").Should().ContainSingle().Which.Should().StartWithEquivalentOf("cn=Anna,ou=people,");

        await driver.TrashAsync("Users", anna);
        tree.Values("cn=Anna,ou=former", "userAccountControl").Should().Equal("514");
        await driver.RecycleAsync("Users", anna);
        await driver.RemoveAsync("Memberships", membership);
        await driver.RemoveAsync("Groups", staff);
        await driver.RemoveAsync("Users", anna);
        tree.Exists("cn=Anna,ou=people").Should().BeFalse();
        tree.Exists($"cn=staff{_unique},ou=groups").Should().BeFalse();
    }

    [GeneratedRegex("objectSid: (?<sid>S-[0-9-]+)")]
    private static partial Regex Sid { get; }

    // Create and delete users and groups; write all properties of both; reset passwords of users.
    private static string Rights(string sid) =>
        $"(OA;CI;CCDC;{User};;{sid})(OA;CI;CCDC;{Group};;{sid})(OA;CIIO;WP;;{User};{sid})(OA;CIIO;WP;;{Group};{sid})(OA;CIIO;CR;{ResetPassword};{User};{sid})";

    private async Task<string> MakeServiceAccountAsync(SambaServer server)
    {
        await server.ToolAsync("user", "create", $"hermes{_unique}", Password);
        return Sid.Match(await server.ToolAsync("user", "show", $"hermes{_unique}", "--attributes=objectSid")).Groups["sid"].Value;
    }

    private ActiveDirectoryTargetOptions Options(SambaServer server, Subtree tree)
    {
        var options = new ActiveDirectoryTargetOptions
        {
            Url = server.Url,
            CaCertificateFile = server.CaFile,
            BindDn = $"hermes{_unique}@hermes.test",
            Password = Password,
        };
        options.Users["Users"] = new AccountOptions
        {
            Base = tree.Below("ou=people"),
            Ignore = { "id", "uid", "flags", "container" },
            Rename = { ["login"] = "sAMAccountName" },
            PasswordAttribute = "password",
            TrashBase = tree.Below("ou=former"),
        };
        options.Groups["Groups"] = new GroupOptions { Base = tree.Below("ou=groups"), Ignore = { "id", "members" } };
        options.Memberships["Memberships"] = new DirectoryMembershipOptions { Group = "group_id", Member = "user_id" };
        return options;
    }
}
