using System.Security.Cryptography.X509Certificates;
using Hermes.Ldap.Connection;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Connection;

public sealed class TrustedAuthoritiesTests : IDisposable
{
    private readonly ServerDirectory _directory = new("authorities");

    [Theory]
    [InlineData("Hermes  Test Authority")]
    [InlineData("MÜNCHEN")]
    [InlineData("plain")]
    public async Task The_name_of_a_certificate_is_the_one_by_which_OpenSSL_looks_for_it(string name)
    {
        using var authority = new TestAuthority(_directory["ca.crt"], name);
        var expected = await Programs.RunAsync(
            new(Programs.Find("openssl") ?? "openssl", "x509", "-in", authority.CertificateFile, "-noout", "-subject_hash"));

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(authority.CertificateFile);
        TrustedAuthorities.SubjectHash(certificate.SubjectName).Should().Be(expected.Trim());
    }

    [Fact]
    public void All_certificates_of_a_file_are_in_the_folder_even_with_the_same_name()
    {
        using var first = new TestAuthority(_directory["first.crt"]);
        using var second = new TestAuthority(_directory["second.crt"]);
        File.WriteAllText(_directory["both.crt"], File.ReadAllText(first.CertificateFile) + "\n" + File.ReadAllText(second.CertificateFile));

        var trusted = TrustedAuthorities.Load(_directory["both.crt"]);

        Directory.GetFiles(trusted.Folder).Select(Path.GetExtension).Should().BeEquivalentTo(".0", ".1");
        trusted.Dispose();
        Directory.Exists(trusted.Folder).Should().BeFalse();
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named() =>
        FluentActions.Invoking(() => TrustedAuthorities.Load(_directory["none.crt"]))
            .Should().Throw<LdapRequestException>().WithMessage("*none.crt*CaCertificateFile*cannot be read*");

    [Fact]
    public void A_file_without_certificates_is_named()
    {
        File.WriteAllText(_directory["empty.crt"], "nothing here");

        FluentActions.Invoking(() => TrustedAuthorities.Load(_directory["empty.crt"]))
            .Should().Throw<LdapRequestException>().WithMessage("*empty.crt*holds no certificate*");
    }

    public void Dispose() => _directory.Dispose();
}
