using Hermes.Ldap.ActiveDirectory;

namespace Hermes.Ldap.Tests.ActiveDirectory;

public class AccountFlagsTests
{
    [Fact]
    public void Names_are_read_in_any_letter_case() => AccountFlags.Parse(["dont_expire_password", "ACCOUNTDISABLE"]).Should().Be(0x10002);

    [Fact]
    public void An_unknown_name_is_refused_with_those_that_are_known() =>
        FluentActions.Invoking(() => AccountFlags.Parse(["LOCKOUT"])).Should().Throw<FormatException>().WithMessage("*'LOCKOUT'*SCRIPT, ACCOUNTDISABLE*");

    [Theory]
    [InlineData(514, 0, 2, 512)]
    [InlineData(512, 2, 2, 514)]
    [InlineData(0x800200, 0x10000, 0x10002, 0x810200)]
    [InlineData(0x10200, 0, 2, 0x10200)]
    public void Only_managed_flags_change(int current, int wanted, int managed, int expected) =>
        AccountFlags.Combine(current, wanted, managed).Should().Be(expected);
}
