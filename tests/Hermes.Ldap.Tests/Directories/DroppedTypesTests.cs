using Hermes.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;
using static Hermes.Ldap.Tests.Servers.PeopleClient;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>Settings of a target that name a type which the client's data model no longer has.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class DroppedTypesTests(SharedServer<SlapdServer> shared)
{
    [ServerFact]
    public async Task A_type_that_left_the_data_model_is_removed_and_the_client_starts_ever_after()
    {
        await using var directory = await SharedDirectory.StartAsync(await shared.GetAsync(), [User("1", "ann"), Group("g", "staff"), Member("g", "1")]);
        directory.Members("staff").Should().Equal(directory.User("ann"));

        for (var start = 0; start < 3; start++)
        {
            await directory.Client.Harness.StopAsync();
            var target = await directory.MakeTargetAsync();
            await directory.Client.Harness.StartAsync(target, client => client
                .DataType("Users", type => type.From("SRVUsers").Map("uid", "login").Map("cn", "name").Map("sn", "name").Map("employeeNumber", "id"))
                .Configure(options => options.RemovalGuard.Enabled = false));
            await directory.Client.AppliedAsync();
            directory.Tree.Exists("cn=staff,ou=groups").Should().BeFalse($"start {start} has no groups");
        }

        await directory.Client.SendAsync(Renamed("1", "anna"));
        directory.Number("uid=anna,ou=people").Should().Be("1");
    }
}
