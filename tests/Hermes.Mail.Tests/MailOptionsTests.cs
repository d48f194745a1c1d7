using Hermes.Abstractions.Configuration;

namespace Hermes.Mail.Tests;

public sealed class MailOptionsTests
{
    [Theory]
    [InlineData("nobody", "ops@campus.example", "Hermes:Mail:From", "The sender 'nobody' is not a mail address.")]
    [InlineData("hermes@campus.example", "ops", "Hermes:Mail:To", "The recipient 'ops' is not a mail address.")]
    [InlineData("hermes@campus.example", "ops@campus.example\r\nRCPT TO:<thief@campus.example>", "Hermes:Mail:To", "*is not a mail address.")]
    [InlineData("hermes@campus.example\n", "ops@campus.example", "Hermes:Mail:From", "*is not a mail address.")]
    public void Addresses_are_checked_when_they_are_given(string from, string to, string path, string problem)
    {
        var act = () => Notifiers.Make(options =>
        {
            options.From = from;
            options.To.Add(to);
        });

        var error = act.Should().Throw<HermesConfigurationException>().Which.Errors.Should().ContainSingle().Which;
        error.Path.Should().Be(path);
        error.Problem.Should().Match(problem);
    }

    [Fact]
    public void A_password_is_not_sent_in_the_clear()
    {
        var act = () => Notifiers.Make(options =>
        {
            options.To.Add("ops@campus.example");
            (options.UserName, options.Password, options.Security) = ("hermes", "pa55word", MailSecurity.None);
        });

        act.Should().Throw<HermesConfigurationException>().WithMessage("*A password is not sent without encryption*").Which.ToString().Should().NotContain("pa55word");
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        var act = () => Notifiers.Make(options =>
        {
            (options.Server, options.Port) = ("", 0);
            options.Security = (MailSecurity)7;
        });

        act.Should().Throw<HermesConfigurationException>().Which.Errors.Select(error => error.Path).Should()
            .BeEquivalentTo("Hermes:Mail:Server", "Hermes:Mail:Port", "Hermes:Mail:Security", "Hermes:Mail:To");
    }

    [Theory]
    [InlineData(MailSecurity.StartTls, 587)]
    [InlineData(MailSecurity.Tls, 465)]
    [InlineData(MailSecurity.None, 25)]
    public void The_port_follows_the_encryption(MailSecurity security, int port) =>
        new MailOptions { Security = security }.EffectivePort.Should().Be(port);
}
