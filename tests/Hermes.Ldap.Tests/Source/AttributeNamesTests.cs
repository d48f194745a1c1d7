using System.DirectoryServices.Protocols;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Ldap.Source;
using Hermes.Ldap.Tests.Servers;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Source;

/// <summary>What a directory answers is not spelled as it was asked.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class AttributeNamesTests(SharedServer<SlapdServer> shared)
{
    [ServerFact]
    public async Task An_attribute_is_found_by_any_of_its_names_and_by_its_number()
    {
        var (source, _) = await OpenAsync(options =>
        {
            options.ListAttributes.Add("surname");
            options.IntegerAttributes.Add("uidNumber");
        });

        var row = await ReadAsync(source, "(userid=a)", "commonName", "CN", "2.5.4.3", "sn", "userid", "rfc822Mailbox", "1.3.6.1.1.1.1.0");

        row.Should().Equal(new Dictionary<string, Value>
        {
            ["commonName"] = "Anna",
            ["CN"] = "Anna",
            ["2.5.4.3"] = "Anna",
            ["sn"] = ValueList.Create(["A"]),
            ["userid"] = "a",
            ["rfc822Mailbox"] = "a@x",
            ["1.3.6.1.1.1.1.0"] = 7,
        });
    }

    [ServerFact]
    public async Task Values_with_options_are_found_with_and_without_them()
    {
        var (source, _) = await OpenAsync();

        var row = await ReadAsync(source, "(uid=a)", "cn", "cn;lang-de", "commonName;LANG-DE", "description", "title;lang-fr", "userCertificate", "userCertificate;binary");

        row["cn"].Should().Be(Value.From("Anna"));
        row["cn;lang-de"].Should().Be(Value.From("Änne"));
        row["commonName;LANG-DE"].Should().Be(Value.From("Änne"));
        row["description"].Should().Be(Value.From("nur deutsch"));
        row["title;lang-fr"].Should().Be(Value.Null);
        row["userCertificate"].Kind.Should().Be(ValueKind.Bytes);
        row["userCertificate;binary"].Should().Be(row["userCertificate"]);
    }

    [ServerFact]
    public async Task An_attribute_in_a_filter_that_the_schema_does_not_know_is_an_error_and_not_an_empty_result()
    {
        var (source, _) = await OpenAsync();

        foreach (var filter in new[] { "(uidd=a)", "(&(uid=a)(!(uidd=*)))", "(|(uid=a)(uidd>=3))", "(uidd:caseExactMatch:=a)", "uidd=a", "(uidd;lang-de=a)" })
        {
            var read = () => source.ReadAllAsync(Fetch(filter, "uid"));

            (await read.Should().ThrowAsync<SourceException>(filter)).WithMessage("*'uidd*'*filter*").Which.Fault.Should().Be(FaultKind.Permanent);
        }

        (await source.ReadAllAsync(Fetch("(&(|(userid=a)(2.5.4.3=b))(cn:dn:=anna)(!(mail=\\28uidd=\\29*)))", "uid"))).Should().ContainSingle();
    }

    private static SourceOperation Fetch(string filter, params string[] attributes) =>
        new(SourceOperationKind.Fetch, filter, new Dictionary<string, Value>(), attributes);

    private static async Task<Dictionary<string, Value>> ReadAsync(LdapSource source, string filter, params string[] attributes) =>
        (await source.ReadAllAsync(Fetch(filter, attributes))).Single();

    private async Task<(LdapSource Source, Subtree Tree)> OpenAsync(Action<LdapSourceOptions>? configure = null)
    {
        var server = await shared.GetAsync();
        var tree = Subtree.Of(server);
        using var key = System.Security.Cryptography.ECDsa.Create();
        var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=a", key, System.Security.Cryptography.HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100)).RawData;
        tree.Connection.SendRequest(new AddRequest(
            $"uid=a,{tree.Dn}",
            new DirectoryAttribute("objectClass", "inetOrgPerson", "posixAccount"),
            new DirectoryAttribute("cn", "Anna"),
            new DirectoryAttribute("cn;lang-de", "Änne"),
            new DirectoryAttribute("description;lang-de", "nur deutsch"),
            new DirectoryAttribute("sn", "A"),
            new DirectoryAttribute("mail", "a@x"),
            new DirectoryAttribute("uidNumber", "7"),
            new DirectoryAttribute("gidNumber", "7"),
            new DirectoryAttribute("homeDirectory", "/home/a"),
            new DirectoryAttribute("userCertificate;binary", certificate)));
        var options = new LdapSourceOptions { Url = server.Url, BindDn = SlapdServer.AdminDn, Password = SlapdServer.AdminPassword, Base = tree.Dn };
        configure?.Invoke(options);
        return (new LdapSource(options), tree);
    }
}
