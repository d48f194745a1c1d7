using Hermes.Ldap.Source;

namespace Hermes.Ldap.Tests.Source;

public class SubordinateReferencesTests
{
    [Theory]
    [InlineData("ldap://DomainDnsZones.hermes.test/DC=DomainDnsZones,DC=hermes,DC=test", true)]
    [InlineData("ldap://hermes.test/CN=Configuration,DC=hermes,DC=test", true)]
    [InlineData("ldap://child.hermes.test/DC=child,DC=hermes,DC=test", false)]
    public void Partitions_of_a_domain_that_hold_no_accounts_do_not_count(string reference, bool isPartition) =>
        SubordinateReferences.IsPartition(new Uri(reference)).Should().Be(isPartition);

    [Fact]
    public void References_are_told_once_until_their_number_changes()
    {
        var references = new SubordinateReferences();

        new[] { 2, 2, 3, 0, 3, 0 }.Select(count => references.IsNews("dc=x", count)).Should().Equal(true, false, true, false, true, false);
        references.IsNews("dc=y", 1).Should().BeTrue();
    }
}
