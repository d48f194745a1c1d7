using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Tests.Connection;

public class LdapAddressTests
{
    [Theory]
    [InlineData("ldaps://ldap.example.org", "ldaps://ldap.example.org:636")]
    [InlineData("ldap://ldap.example.org/", "ldap://ldap.example.org:389")]
    [InlineData("ldaps://10.0.0.1:1636", "ldaps://10.0.0.1:1636")]
    [InlineData("ldaps://[::1]:1636", "ldaps://[::1]:1636")]
    [InlineData("ldaps://one  ldaps://two:7", "ldaps://one:636 ldaps://two:7")]
    public void Addresses_are_read_with_their_usual_ports(string urls, string expected) =>
        string.Join(' ', LdapAddress.ParseAll(urls)!).Should().Be(expected);

    [Theory]
    [InlineData("ldap.example.org")]
    [InlineData("https://ldap.example.org")]
    [InlineData("ldaps://")]
    [InlineData("ldaps://host/dc=example")]
    [InlineData("ldaps://user:password@host")]
    [InlineData("ldaps://one nonsense")]
    public void What_is_no_LDAP_address_is_refused(string urls) => LdapAddress.ParseAll(urls).Should().BeNull();
}
