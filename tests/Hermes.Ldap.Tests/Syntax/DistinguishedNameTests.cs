using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Tests.Syntax;

public class DistinguishedNameTests
{
    [Theory]
    [InlineData("jdoe", "jdoe")]
    [InlineData("Doe, John", @"Doe\, John")]
    [InlineData("a+b=c", @"a\+b\=c")]
    [InlineData("\"<x>;\\", "\\\"\\<x\\>\\;\\\\")]
    [InlineData(" leading", @"\ leading")]
    [InlineData("trailing ", @"trailing\ ")]
    [InlineData(" ", @"\ ")]
    [InlineData("#1", @"\#1")]
    [InlineData("a#1", "a#1")]
    [InlineData("nul\0line\n", @"nul\00line\0a")]
    [InlineData("Müller 李", "Müller 李")]
    [InlineData("", "")]
    public void A_value_is_escaped_so_that_it_stands_for_itself(string value, string expected) =>
        DistinguishedName.Escape(value).Should().Be(expected);

    [Theory]
    [InlineData("uid=a,ou=people,dc=x", "uid=a", "ou=people,dc=x")]
    [InlineData(@"cn=Doe\, John,dc=x", @"cn=Doe\, John", "dc=x")]
    [InlineData(@"cn=back\\,dc=x", @"cn=back\\", "dc=x")]
    [InlineData("cn=\"a,b\",dc=x", "cn=\"a,b\"", "dc=x")]
    [InlineData("dc=x", "dc=x", "")]
    public void A_name_is_split_at_its_first_comma_that_is_not_part_of_a_value(string dn, string relative, string container) =>
        DistinguishedName.Split(dn).Should().Be((relative, container));

    [Fact]
    public void An_escaped_value_never_adds_a_part_to_a_name()
    {
        var random = new Random(20240501);
        const string Signs = "ab ,+=\"\\<>;#\0\n\u007f";
        for (var i = 0; i < 2000; i++)
        {
            var value = new string([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Signs[random.Next(Signs.Length)])]);
            var dn = DistinguishedName.Below(DistinguishedName.Relative("cn", value), "dc=x");

            DistinguishedName.Split(dn).Container.Should().Be("dc=x", "value '{0}' of seed 20240501", value);
        }
    }

    [Fact]
    public void An_escaped_blank_at_the_end_of_a_value_stays() =>
        DistinguishedName.Split(@"cn=a\ , dc=x").Should().Be((@"cn=a\ ", "dc=x"));

    // The first ones are the examples of RFC 4514, section 4.
    [Theory]
    [InlineData("UID=jsmith,DC=example,DC=net", "uid=jsmith,dc=example,dc=net")]
    [InlineData("OU=Sales+CN=J.  Smith,DC=example,DC=net", "cn=J. Smith+OU=Sales,DC=example,DC=net")]
    [InlineData(@"CN=James \""Jim\"" Smith\, III,DC=example,DC=net", @"CN=James \22Jim\22 Smith\2C III,DC=example,DC=net")]
    [InlineData(@"CN=Before\0dAfter,DC=example,DC=net", @"CN=Before\0DAfter,DC=example,DC=net")]
    [InlineData("1.3.6.1.4.1.1466.0=#04024869", "1.3.6.1.4.1.1466.0=Hi")]
    [InlineData(@"CN=Lu\C4\8Di\C4\87", "CN=Lučić")]
    [InlineData("ou=People, dc=x", "ou=people,dc=x")]
    [InlineData("ou = People ,dc = x", "OU=People,DC=x")]
    [InlineData("ou=People;dc=x", "ou=People,dc=x")]
    [InlineData("2.5.4.11=People,0.9.2342.19200300.100.1.25=x", "ou=People,dc=x")]
    [InlineData("OID.2.5.4.3=a", "commonName=A")]
    [InlineData("cn=\"Doe, John\",dc=x", @"cn=doe\, john,dc=x")]
    [InlineData(@"cn=\ a,dc=x", "cn=a,dc=x")]
    [InlineData("cn=STRASSE,dc=x", "cn=strasse,dc=x")]
    [InlineData("cn=👩,dc=x", @"cn=\F0\9F\91\A9,dc=x")]
    public void Names_that_mean_the_same_are_the_same(string left, string right) => DistinguishedName.Same(left, right).Should().BeTrue();

    [Theory]
    [InlineData("ou=people,dc=x", "ou=groups,dc=x")]
    [InlineData("ou=people,dc=x", "dc=x,ou=people")]
    [InlineData("ou=people,dc=x", "ou=people,dc=x,dc=y")]
    [InlineData(@"cn=a\,b,dc=x", "cn=a,b=dc,dc=x")]
    [InlineData("cn=a+sn=b,dc=x", "cn=a,sn=b,dc=x")]
    [InlineData(@"cn=a\+sn\=b,dc=x", "cn=a+sn=b,dc=x")]
    [InlineData("cn=ab,dc=x", "cn=a b,dc=x")]
    [InlineData("labeledURI=Zoe,dc=x", "labeledURI=zoe,dc=x")]
    public void Names_that_mean_something_else_are_not(string left, string right) => DistinguishedName.Same(left, right).Should().BeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("=,=")]
    [InlineData(@"cn=\")]
    [InlineData("cn=#zz")]
    [InlineData("cn=\"open")]
    public void What_is_no_name_is_the_same_as_itself(string text) => DistinguishedName.Same(text, text + " ").Should().Be(text != @"cn=\");
}
