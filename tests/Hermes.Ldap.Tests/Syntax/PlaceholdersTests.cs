using Hermes.Abstractions.Data;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Tests.Syntax;

public class PlaceholdersTests
{
    private readonly HashSet<string> _used = [];

    [Theory]
    [InlineData("x", "(uid=x)")]
    [InlineData("*", @"(uid=\2a)")]
    [InlineData("a)(objectClass=*", @"(uid=a\29\28objectClass=\2a)")]
    [InlineData("back\\slash\0", @"(uid=back\5cslash\00)")]
    public void A_value_cannot_change_what_a_filter_means(string value, string expected) =>
        Placeholders.InFilter("(uid={login})", Variables(("login", value)), _used).Should().Be(expected);

    [Fact]
    public void Bytes_are_escaped_one_by_one() =>
        Placeholders.InFilter("(objectGUID={id})", Variables(("id", new byte[] { 0x00, 0xab, 0x41 })), _used).Should().Be(@"(objectGUID=\00\ab\41)");

    [Fact]
    public void Numbers_Booleans_and_times_are_written_as_LDAP_writes_them() =>
        Placeholders.InFilter("({a})({b})({c})", Variables(("a", 42), ("b", true), ("c", new DateTime(2024, 5, 1, 12, 34, 56))), _used)
            .Should().Be("(42)(TRUE)(20240501123456Z)");

    [Fact]
    public void A_value_cannot_change_where_a_name_leads() =>
        Placeholders.InName("ou={department},dc=x", Variables(("department", "a,ou=b")), _used).Should().Be(@"ou=a\,ou\=b,dc=x");

    [Fact]
    public void A_value_that_holds_braces_is_not_bound_again() =>
        Placeholders.InFilter("(a={x})(b={y})", Variables(("x", "{y}"), ("y", "1")), _used).Should().Be("(a={y})(b=1)");

    [Fact]
    public void A_placeholder_without_variable_is_an_error_that_says_what_to_do() =>
        FluentActions.Invoking(() => Placeholders.InFilter("(userPassword={SSHA}*)", Variables(), _used))
            .Should().Throw<FormatException>().WithMessage("*{SSHA}*Add the variable 'SSHA', or write the brace as \\7b.");

    [Fact]
    public void A_list_has_no_place_in_a_filter() =>
        FluentActions.Invoking(() => Placeholders.InFilter("(uid={x})", Variables(("x", ValueList.Create([1, 2]))), _used))
            .Should().Throw<FormatException>().WithMessage("*'x' is a list*");

    private static Dictionary<string, Value> Variables(params (string Name, Value Value)[] variables) => variables.ToDictionary(pair => pair.Name, pair => pair.Value);
}
