using System.DirectoryServices.Protocols;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Source;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Ldap.Tests.Connection;

[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class SignalRestartTests(SharedServer<SlapdServer> shared)
{
    [ServerFact]
    public async Task A_child_process_that_ends_never_looks_like_a_server_that_is_down()
    {
        var server = await shared.GetAsync();
        var options = new LdapSourceOptions { Url = server.Url, BindDn = SlapdServer.AdminDn, Password = SlapdServer.AdminPassword };
        using var client = new LdapClient(options, TimeProvider.System, NullLogger.Instance);
        using var enough = new CancellationTokenSource();

        var signals = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
                await Programs.RunAsync(new("/bin/true"));
            await enough.CancelAsync();
        });
        var requests = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await client.SendAsync<SearchResponse>(
                    new SearchRequest(SlapdServer.Suffix, "(objectClass=*)", SearchScope.Base, "dc"), "Searching", CancellationToken.None);
            }
        }));

        await Task.WhenAll([signals, .. requests]);

        SignalRestart.Ensure().Should().Be(OperatingSystem.IsLinux());
    }
}
