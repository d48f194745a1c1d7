using Hermes.Abstractions.Data;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Tests.Syntax;

public class MatchingRulesTests
{
    [Theory]
    [InlineData("caseIgnoreMatch", " Zoë  MÜLLER ", "zoë müller", true)]
    [InlineData("2.5.13.2", "a", "A", true)]
    [InlineData("caseIgnoreIA5Match", "Ann@X.example", "ann@x.EXAMPLE", true)]
    [InlineData("caseIgnoreMatch", "Zoe", "Zoë", false)]
    [InlineData("caseExactMatch", "a  b", "a b", true)]
    [InlineData("caseExactMatch", "a", "A", false)]
    [InlineData("distinguishedNameMatch", "CN=Ann\\2C B, OU=x,dc=Y", "commonName=ann\\, b,2.5.4.11=X,DC=y", true)]
    [InlineData("distinguishedNameMatch", "cn=ann,ou=x", "cn=ann,ou=y", false)]
    [InlineData("telephoneNumberMatch", "+49 30-12 34", "+49301234", true)]
    [InlineData("telephoneNumberMatch", "+49301234", "+49301235", false)]
    [InlineData("integerMatch", "7", "07", true)]
    [InlineData("integerMatch", "7", "-7", false)]
    [InlineData("booleanMatch", "TRUE", "true", true)]
    [InlineData("generalizedTimeMatch", "20240501120000Z", "202405011400+0200", true)]
    [InlineData("generalizedTimeMatch", "20240501120000Z", "20240501120001Z", false)]
    [InlineData("generalizedTimeMatch", "000001010000Z", "000001010000Z", true)]
    [InlineData("octetStringMatch", "a", "A", false)]
    [InlineData("unheardOfMatch", "a", "A", false)]
    [InlineData("unheardOfMatch", "a", "a", true)]
    [InlineData(null, "a", "A", false)]
    public void Values_are_compared_as_their_rule_says(string? rule, string left, string right, bool same) =>
        MatchingRules.AreSame(rule, [left], [right]).Should().Be(same);

    [Fact]
    public void Values_have_no_order_and_each_counts_once()
    {
        MatchingRules.AreSame("caseIgnoreMatch", ["a", "B"], ["b", "A"]).Should().BeTrue();
        MatchingRules.AreSame("caseIgnoreMatch", ["a", "A"], ["a"]).Should().BeTrue();
        MatchingRules.AreSame("caseIgnoreMatch", ["a"], ["a", "b"]).Should().BeFalse();
        MatchingRules.AreSame("caseIgnoreMatch", [], ["a"]).Should().BeFalse();
        MatchingRules.AreSame("caseIgnoreMatch", [], []).Should().BeTrue();
    }

    [Fact]
    public void Bytes_are_compared_as_they_are_and_texts_by_theirs()
    {
        MatchingRules.AreSame("octetStringMatch", ["é"], [Value.From([0xC3, 0xA9])]).Should().BeTrue();
        MatchingRules.AreSame("caseIgnoreMatch", [Value.From([0xFF, 1])], [Value.From([0xFF, 1])]).Should().BeTrue();
        MatchingRules.AreSame("caseIgnoreMatch", [Value.From([0xFF, 1])], [Value.From([0xFF, 2])]).Should().BeFalse();
    }
}
