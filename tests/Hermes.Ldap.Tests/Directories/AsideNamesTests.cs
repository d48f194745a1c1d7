using Hermes.Ldap.Directories;

namespace Hermes.Ldap.Tests.Directories;

public class AsideNamesTests
{
    private const string Link = "1a2b3c4d-5e6f-4a1b-8c2d-112233445566";

    [Theory]
    [InlineData("ann", "ann-hermes-1a2b3c4d")]
    [InlineData("annabella", "anna-hermes-1a2b3c4d")]
    [InlineData("annabella@campus.example", "anna-hermes-1a2b3c4d@campus.example")]
    [InlineData("ann😀s", "ann-hermes-1a2b3c4d")]
    [InlineData("ann-hermes-1a2b3c4d", "ann-hermes-1a2b3c4d")]
    public void A_temporary_name_is_short_unmistakable_and_stays_when_it_is_made_again(string name, string aside)
    {
        AsideNames.Of(name, Link, 20).Should().Be(aside);
        AsideNames.Is(aside, Link).Should().BeTrue();
        AsideNames.Of(aside, Link, 20).Should().Be(aside);
    }

    [Fact]
    public void The_temporary_name_of_one_object_is_no_other_ones() => AsideNames.Is(AsideNames.Of("ann", Link, 20), "99" + Link).Should().BeFalse();
}
