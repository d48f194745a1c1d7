using System.Net;
using System.Net.Sockets;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Ldap.Source;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Connection;

[RequiresServer("slapd")]
public sealed class ConnectionTests : IAsyncLifetime
{
    private const string WrongPassword = "not-the-password";
    private SlapdServer? _server;

    private SlapdServer Server => _server ?? throw new InvalidOperationException("The server was not started.");

    [ServerFact]
    public async Task A_server_whose_certificate_comes_from_an_own_authority_is_trusted_when_its_file_is_given()
    {
        _server = await SlapdServer.StartAsync(CancellationToken.None);

        (await ReadAsync(options => options.CaCertificateFile = Server.CaFile)).Should().Be(1);
    }

    [ServerFact]
    public async Task A_server_whose_authority_is_unknown_is_refused_with_the_setting_to_use()
    {
        _server = await SlapdServer.StartAsync(CancellationToken.None);

        await FailsAsync(FaultKind.Permanent, "*not trusted*CaCertificateFile*");

        using var directory = new ServerDirectory("other-authority");
        using var other = new TestAuthority(directory["other.crt"], "Some other authority");
        await FailsAsync(FaultKind.Permanent, "*not trusted*CaCertificateFile*", options => options.CaCertificateFile = other.CertificateFile);
    }

    [ServerFact]
    public async Task A_certificate_for_another_name_is_refused_with_both_names()
    {
        _server = await SlapdServer.StartAsync(CancellationToken.None);

        await FailsAsync(FaultKind.Permanent, "*not for 'localhost' but for ldap.hermes.test*", options =>
            (options.CaCertificateFile, options.Url) = (Server.CaFile, Server.TlsUrl.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
    }

    [ServerFact]
    public async Task An_expired_certificate_is_refused_with_its_dates()
    {
        _server = await SlapdServer.StartAsync(TimeProvider.System.GetUtcNow().AddDays(-2), CancellationToken.None);

        await FailsAsync(FaultKind.Permanent, "*certificate is valid from*and so not now. Renew it*", options => options.CaCertificateFile = Server.CaFile);
    }

    [ServerFact]
    public async Task A_wrong_password_is_told_without_showing_it()
    {
        _server = await SlapdServer.StartAsync(CancellationToken.None);

        var failure = await FailsAsync(FaultKind.Permanent, $"*as {SlapdServer.AdminDn} failed*invalidCredentials*Check BindDn and Password*", options =>
            (options.CaCertificateFile, options.Password) = (Server.CaFile, WrongPassword));
        failure.ToString().Should().NotContain(WrongPassword);
    }

    [ServerFact]
    public async Task A_port_on_which_nothing_listens_is_a_passing_fault()
    {
        _server = await SlapdServer.StartAsync(CancellationToken.None);

        await FailsAsync(FaultKind.Transient, "*nothing listens there*", options => options.Url = $"ldaps://127.0.0.1:{FreePorts.Next()}");
    }

    [ServerFact]
    public async Task TLS_to_a_port_without_TLS_is_told()
    {
        _server = await SlapdServer.StartAsync(CancellationToken.None);

        await FailsAsync(FaultKind.Permanent, "*TLS could not be agreed on*ldaps*", options => options.Url = $"ldaps://127.0.0.1:{Server.Port}");
    }

    [ServerFact]
    public async Task A_host_name_with_a_typing_error_is_told()
    {
        _server = await SlapdServer.StartAsync(CancellationToken.None);

        var read = () => ReadAsync(options => options.Url = "ldaps://no-such-host.invalid");
        var failure = (await read.Should().ThrowAsync<SourceException>()).Which;

        // Where no name service answers nobody knows yet whether the name is wrong.
        failure.Message.Should().Match(failure.Fault == FaultKind.Permanent
            ? "*ldaps://no-such-host.invalid:636: no machine is called 'no-such-host.invalid'. Check the host name in Url."
            : "*ldaps://no-such-host.invalid:636: the name service does not answer*");
        failure.ToString().Should().NotContain(SlapdServer.AdminPassword);
    }

    [ServerFact]
    public async Task The_second_server_takes_over_when_the_first_is_down()
    {
        _server = await SlapdServer.StartAsync(CancellationToken.None);

        (await ReadAsync(options => options.Url = $"ldap://127.0.0.1:{FreePorts.Next()} {Server.Url}")).Should().Be(1);
    }

    [ServerFact]
    public async Task A_server_that_accepts_and_never_answers_is_given_up_after_the_time_limit()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();

        await FailsAsync(FaultKind.Transient, "*did not answer in time*", options =>
            (options.Url, options.Timeout) = ($"ldap://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}", TimeSpan.FromSeconds(1)));
    }

    [ServerFact]
    public async Task A_server_that_was_killed_fails_the_read_and_serves_the_next_one_when_it_is_back()
    {
        _server = await SlapdServer.StartAsync(CancellationToken.None);
        using var source = new LdapSource(Options(options => options.CaCertificateFile = Server.CaFile));
        (await ReadAsync(source)).Should().Be(1);

        await Server.Process.KillAsync();
        var read = () => ReadAsync(source);
        (await read.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Transient);
        (await read.Should().ThrowAsync<SourceException>()).WithMessage("*nothing listens there*");

        await Server.Process.StartAsync();
        (await ReadAsync(source)).Should().Be(1);
    }

    [ServerFact]
    public async Task A_server_that_is_killed_between_two_pages_never_makes_a_read_look_complete()
    {
        _server = await SlapdServer.StartAsync(CancellationToken.None);
        using var source = new LdapSource(Options(options => (options.CaCertificateFile, options.PageSize) = (Server.CaFile, 1)));
        var seen = 0;

        var read = async () =>
        {
            await foreach (var _ in source.FetchAsync(All, CancellationToken.None))
            {
                if (seen++ == 0)
                    await Server.Process.KillAsync();
            }
        };

        (await read.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Transient);
        seen.Should().Be(1);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static readonly SourceOperation All = new(SourceOperationKind.Fetch, "", new Dictionary<string, Value>(), ["dn"]);

    private static readonly SourceOperation Root =
        new(SourceOperationKind.Fetch, "", new Dictionary<string, Value> { ["scope"] = "base" }, ["dn"]);

    private async Task<SourceException> FailsAsync(FaultKind fault, string message, Action<LdapSourceOptions>? configure = null)
    {
        var read = () => ReadAsync(configure ?? (_ => { }));
        var failure = (await read.Should().ThrowAsync<SourceException>()).WithMessage(message).Which;
        failure.Fault.Should().Be(fault);
        failure.ToString().Should().NotContain(SlapdServer.AdminPassword);
        return failure;
    }

    private async Task<int> ReadAsync(Action<LdapSourceOptions> configure)
    {
        using var source = new LdapSource(Options(configure));
        return await ReadAsync(source);
    }

    private static async Task<int> ReadAsync(LdapSource source)
    {
        var count = 0;
        await foreach (var _ in source.FetchAsync(Root, CancellationToken.None))
            count++;
        return count;
    }

    private LdapSourceOptions Options(Action<LdapSourceOptions> configure)
    {
        var options = new LdapSourceOptions
        {
            Url = _server?.TlsUrl ?? "",
            BindDn = SlapdServer.AdminDn,
            Password = SlapdServer.AdminPassword,
            Base = SlapdServer.Suffix,
        };
        configure(options);
        return options;
    }
}
