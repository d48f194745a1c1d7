using System.Text;
using Hermes.Ldap.ActiveDirectory;

namespace Hermes.Ldap.Tests.ActiveDirectory;

public class RandomPasswordTests
{
    private static readonly RandomPassword Random12 = RandomPassword.Of(new AccountOptions { RandomPasswordLength = 12 });

    [Fact]
    public void A_password_keeps_to_the_sets_and_leaves_out_what_is_excluded()
    {
        var options = new AccountOptions { RandomPasswordLength = 12, RandomPasswordExcluded = "2" };
        options.RandomPasswordSets.Clear();
        options.RandomPasswordSets.Add("abc");
        options.RandomPasswordSets.Add("12");
        var passwords = Enumerable.Range(0, 200).Select(_ => RandomPassword.Of(options).Next()).ToList();
        passwords.Should().OnlyContain(password => password.Length == 12 && password.Contains('1') && password.Any(char.IsAsciiLetterLower) && password.All("abc1".Contains));

        options.RandomPasswordExcluded = "12";
        options.Base = "dc=x";
        options.Validate(new System.ComponentModel.DataAnnotations.ValidationContext(options)).Select(error => error.ErrorMessage).Should()
            .ContainSingle().Which.Should().Contain("a character that is not excluded");
    }

    [Fact]
    public void A_password_has_letters_of_both_cases_digits_and_signs_and_is_never_the_same()
    {
        var passwords = Enumerable.Range(0, 500).Select(_ => Random12.Next()).ToList();

        passwords.Should().OnlyHaveUniqueItems().And.OnlyContain(password =>
            password.Length == 12 && password.Any(char.IsAsciiLetterLower) && password.Any(char.IsAsciiLetterUpper)
            && password.Any(char.IsAsciiDigit) && password.Any(c => !char.IsAsciiLetterOrDigit(c)));
    }

    [Fact]
    public void A_password_is_sent_in_quotes_as_UTF_16() =>
        UnicodePassword.Encode("pä").Should().Equal(Encoding.Unicode.GetBytes("\"pä\""));
}
