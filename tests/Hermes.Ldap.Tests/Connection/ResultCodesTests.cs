using System.DirectoryServices.Protocols;
using Hermes.Abstractions;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Tests.Connection;

public class ResultCodesTests
{
    public static TheoryData<int> Standard => [.. Enum.GetValues<ResultCode>().Cast<int>().Where(code => code != 0)];

    public static TheoryData<int> OfTheLibrary => [.. Enumerable.Range(81, 17)];

    [Theory]
    [MemberData(nameof(Standard))]
    [MemberData(nameof(OfTheLibrary))]
    public void Every_code_has_a_name_and_advice(int code)
    {
        var meaning = ResultCodes.Of(code);

        meaning.Name.Should().NotStartWith("result code");
        meaning.Advice.Should().EndWith(".").And.NotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(51)]
    [InlineData(52)]
    [InlineData(80)]
    [InlineData(81)]
    [InlineData(85)]
    [InlineData(91)]
    public void What_passes_by_itself_is_transient(int code) => ResultCodes.Of(code).Fault.Should().Be(FaultKind.Transient);

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(19)]
    [InlineData(32)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(53)]
    [InlineData(65)]
    [InlineData(68)]
    [InlineData(4711)]
    public void What_someone_must_change_is_permanent(int code) => ResultCodes.Of(code).Fault.Should().Be(FaultKind.Permanent);

    [Theory]
    [InlineData("80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 532, v1db1", "*password of the account has expired*")]
    [InlineData("80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 775, v1db1\0", "*account is locked*")]
    public void Why_Active_Directory_refuses_a_bind_is_told(string diagnostics, string expected) =>
        Failures.Of(49, diagnostics, "Binding", null).Message.Should().Match(expected);

    [Fact]
    public void Why_Active_Directory_refuses_a_password_is_told() =>
        Failures.Of(19, "0000052D: Constraint violation - check_password_restrictions", "Modifying", null)
            .Message.Should().Contain("does not meet the domain's rules");
}
