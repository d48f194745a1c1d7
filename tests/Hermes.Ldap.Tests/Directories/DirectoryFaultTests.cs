using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>What an administrator reads when a directory cannot be written to over TLS, and whether the client tries again by itself.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class DirectoryFaultTests(SharedServer<SlapdServer> shared)
{
    private const string Secret = "Tr0ub4dor&3";
    private const string WrongPassword = "not-the-password";

    [ServerFact]
    public async Task A_host_name_with_a_typing_error_is_told_with_the_setting()
    {
        var options = DirectoryFixture.Options(await shared.GetAsync());
        options.Url = "ldaps://no-such-host.invalid";

        var failure = await FailsAsync(options);

        // Where no name service answers nobody knows yet whether the name is wrong.
        var expected = failure.Fault == FaultKind.Permanent
            ? "*ldaps://no-such-host.invalid:636: no machine is called 'no-such-host.invalid'. Check the host name in Url."
            : "*ldaps://no-such-host.invalid:636: the name service does not answer*";
        failure.Message.Should().Match(expected);
    }

    [ServerFact]
    public async Task A_wrong_password_is_told_without_showing_it()
    {
        var options = DirectoryFixture.Options(await shared.GetAsync());
        options.Password = WrongPassword;

        var failure = await FailsAsync(options);

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Match($"*as {SlapdServer.AdminDn} failed*invalidCredentials*Check BindDn and Password*");
    }

    [ServerFact]
    public async Task An_expired_certificate_is_told_with_its_dates()
    {
        var end = TimeProvider.System.GetUtcNow().AddDays(-2);
        await using var server = await SlapdServer.StartAsync(end, CancellationToken.None);

        var failure = await FailsAsync(DirectoryFixture.Options(server));

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Match($"*certificate is valid from * to {end:u} and so not now. Renew it, or correct the clock*");
    }

    [ServerFact]
    public async Task A_schema_violation_is_told_with_the_entry_and_the_rule()
    {
        var options = DirectoryFixture.Options(await shared.GetAsync());

        var failure = await FailsAsync(options);

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Match($"*Adding uid=ann,{SlapdServer.Suffix} on {options.Url} failed*objectClassViolation*requires attribute 'sn'*");
    }

    // The entry lacks what its class asks for, and brings a secret.
    private static async Task<TargetException> FailsAsync(DirectoryTargetOptions options)
    {
        options.Entries["Users"] = new DirectoryEntryOptions
        {
            Base = SlapdServer.Suffix,
            DnAttribute = "uid",
            ObjectClasses = { "inetOrgPerson" },
            Ignore = { "id" },
            Rename = { ["password"] = "userPassword" },
        };
        using var target = new DirectoryTarget(options);
        var driver = new TargetDriver(target);
        await driver.StartAsync();

        var add = () => driver.AddAsync("Users", Entry.Of(("id", 1), ("uid", "ann"), ("cn", "Ann"), ("password", Secret)));

        var failure = (await add.Should().ThrowAsync<TargetException>()).WithMessage("Users 1: *").Which;
        failure.ToString().Should().NotContainAny(Secret, SlapdServer.AdminPassword, WrongPassword);
        return failure;
    }
}
