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

    [Theory]
    [InlineData("OU=People,DC=x", "ou=people, dc=X", true)]
    [InlineData("ou=people,dc=x", "ou=groups,dc=x", false)]
    public void Containers_are_compared_without_case_and_blanks(string left, string right, bool same) =>
        DistinguishedName.SameContainer(left, right).Should().Be(same);
}
