using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Ldap.Source;
using Hermes.Ldap.Tests.Servers;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Tests.Source;

[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class ActiveDirectoryValuesTests(SharedServer<SambaServer> shared)
{
    [ServerFact]
    public async Task Times_guids_and_security_identifiers_are_converted_by_attribute()
    {
        var server = await shared.GetAsync();
        using var tree = Subtree.Of(server);
        var unique = Guid.NewGuid().ToString("N")[..8];
        foreach (var (name, expires) in new[] { ("never", "9223372036854775807"), ("zero", "0"), ("once", "133485408000000000") })
            tree.Add($"cn={name}", ("objectClass", "user"), ("sAMAccountName", $"{name}-{unique}"), ("accountExpires", expires));
        using var source = new LdapSource(Options(server, options =>
        {
            options.Base = tree.Dn;
            options.FileTimeAttributes.Add("accountExpires");
            options.GuidAttributes.Add("objectGUID");
            options.SidAttributes.Add("objectSid");
        }));

        var rows = (await source.ReadAllAsync(Fetch("(objectClass=user)", "cn", "accountExpires", "objectGUID", "objectSid"))).ToDictionary(row => row["cn"].AsString());

        rows["never"]["accountExpires"].Should().Be(Value.Null);
        rows["zero"]["accountExpires"].Should().Be(Value.Null);
        rows["once"]["accountExpires"].Should().Be(Value.From(new DateTime(2024, 1, 1)));
        Guid.TryParseExact(rows["once"]["objectGUID"].AsString(), "D", out _).Should().BeTrue();
        rows["once"]["objectSid"].AsString().Should().MatchRegex(@"^S-1-5-21(-\d+){4}$");
        var domain = (SearchResponse)tree.Connection.SendRequest(new SearchRequest(SambaServer.Suffix, $"(objectSid={rows["once"]["objectSid"]})", SearchScope.Subtree, "cn"));
        domain.Entries.Cast<SearchResultEntry>().Should().ContainSingle().Which.DistinguishedName.Should().StartWithEquivalentOf("CN=once,");
        (await source.ReadAllAsync(Fetch($"(objectGUID={Escaped(rows["once"]["objectGUID"])})", "cn"))).Should().ContainSingle();
    }

    [ServerFact]
    public async Task The_base_of_a_domain_is_read_without_a_warning()
    {
        var server = await shared.GetAsync();
        var log = new Messages();
        using var source = new LdapSource(Options(server, options =>
        {
            options.Base = SambaServer.Suffix;
            options.Referrals = ReferralHandling.Error;
        }), logger: log);

        (await source.ReadAllAsync(Fetch("(objectClass=domainDNS)", "dc"))).Should().ContainSingle();

        log.Warnings.Should().BeEmpty();
    }

    private static string Escaped(Value guid) => string.Concat(Guid.Parse(guid.AsString()).ToByteArray().Select(part => $"\\{part:x2}"));

    private static SourceOperation Fetch(string filter, params string[] attributes) =>
        new(SourceOperationKind.Fetch, filter, new Dictionary<string, Value>(), attributes);

    private static LdapSourceOptions Options(SambaServer server, Action<LdapSourceOptions> configure)
    {
        var options = new LdapSourceOptions { Url = server.Url, BindDn = SambaServer.Admin, Password = SambaServer.AdminPassword, CaCertificateFile = server.CaFile };
        configure(options);
        return options;
    }

    private sealed class Messages : ILogger<LdapSource>
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
                Warnings.Add(formatter(state, exception));
        }
    }
}
