using Hermes.PostgreSql.Leases;

namespace Hermes.PostgreSql.Tests.Leases;

public sealed class LeaseOwnerTests
{
    [Theory]
    [InlineData("db-1.example", "db-1.example")]
    [InlineData("a machine' with; a very long name", "amachinewithaverylon")]
    [InlineData("機械", "a machine without a name")]
    public void Machine_is_told_and_fits_the_name_of_a_session(string machine, string told)
    {
        var owner = LeaseOwner.New(machine);

        LeaseOwner.MachineOf(owner).Should().Be(told);
        Lease.SessionsOf(owner).Length.Should().BeLessThan(64);
        LeaseOwner.New(machine).Should().NotBe(owner);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0123456789abcdef")]
    public void Owner_that_tells_no_machine_is_one_without_a_name(string? owner) => LeaseOwner.MachineOf(owner).Should().Be("a machine without a name");
}
