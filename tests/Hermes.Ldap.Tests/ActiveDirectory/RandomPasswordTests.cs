using System.Text;
using Hermes.Ldap.ActiveDirectory;

namespace Hermes.Ldap.Tests.ActiveDirectory;

public class RandomPasswordTests
{
    [Fact]
    public void A_password_has_letters_of_both_cases_digits_and_signs_and_is_never_the_same()
    {
        var passwords = Enumerable.Range(0, 500).Select(_ => RandomPassword.Next(12)).ToList();

        passwords.Should().OnlyHaveUniqueItems().And.OnlyContain(password =>
            password.Length == 12 && password.Any(char.IsAsciiLetterLower) && password.Any(char.IsAsciiLetterUpper)
            && password.Any(char.IsAsciiDigit) && password.Any(c => !char.IsAsciiLetterOrDigit(c)));
    }

    [Fact]
    public void A_password_is_sent_in_quotes_as_UTF_16() =>
        UnicodePassword.Encode("pä").Should().Equal(Encoding.Unicode.GetBytes("\"pä\""));
}
