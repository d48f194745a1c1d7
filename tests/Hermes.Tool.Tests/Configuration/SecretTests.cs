namespace Hermes.Tool.Tests.Configuration;

public sealed class SecretTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    [Fact]
    public void A_reference_to_the_environment_a_file_or_a_credential_gives_its_value()
    {
        _folder.With("secret", "from a file\n").With("credentials/db", "from systemd");
        _folder.Environment["DB_PASSWORD"] = "from the environment";
        _folder.Environment["CREDENTIALS_DIRECTORY"] = Path.Combine(_folder.Path, "credentials");
        _folder.With("a.yml", $$"""
            env: "Password=${env:DB_PASSWORD};Host=db"
            file: "${file:{{Path.Combine(_folder.Path, "secret")}}}"
            cred: ${cred:db}
            both: ${env:DB_PASSWORD}${cred:db}
            """);

        var section = _folder.Section("a.yml");

        section["env"].Should().Be("Password=from the environment;Host=db");
        section["file"].Should().Be("from a file");
        section["cred"].Should().Be("from systemd");
        section["both"].Should().Be("from the environmentfrom systemd");
    }

    [Fact]
    public void A_value_that_looks_like_a_reference_is_not_looked_at_again()
    {
        _folder.Environment["A"] = "${env:B}";

        _folder.With("a.yml", "x: ${env:A}").Section("a.yml")["x"].Should().Be("${env:B}");
    }

    [Theory]
    [InlineData("$${env:A}", "${env:A}")]
    [InlineData("a $ b $x ${}", null)]
    [InlineData("$x {{ y }} $$body$$", "$x {{ y }} $$body$$")]
    public void A_dollar_means_itself_unless_a_brace_follows(string text, string? expected) =>
        _folder.With("a.yml", $"x: \"{text}\"").Section("a.yml")["x"].Should().Be(expected);

    [Fact]
    public void A_setting_of_the_command_line_may_be_a_reference_too()
    {
        _folder.Environment["A"] = "b";
        _folder.Set.Add("x=${env:A}");

        _folder.With("a.yml", "y: 1").Section("a.yml")["x"].Should().Be("b");
    }

    [Theory]
    [InlineData("Servers:\n  campus:\n    SigningKey: abc", "SigningKey")]
    [InlineData("Clients:\n  portal:\n    SigningKeys: [abc]", "SigningKeys:0")]
    [InlineData("Clients:\n  portal:\n    Bus: { Kind: RabbitMq, Password: abc }", "Bus:Password")]
    [InlineData("Clients:\n  portal:\n    Target: { Kind: Table, ConnectionString: 'Host=db;Password=abc' }", "Target:ConnectionString")]
    [InlineData("Mail: { Password: abc }", "Mail:Password")]
    public void A_secret_in_the_file_is_a_warning_that_does_not_show_it(string yaml, string setting)
    {
        var finding = _folder.With("a.yml", yaml).Findings("a.yml").Should().ContainSingle().Which;

        finding.Should().Contain(": warning: ").And.Contain($"{setting}: The secret stands in the file.").And.NotContain("abc");
    }

    [Theory]
    [InlineData("Clients:\n  portal:\n    Bus: { Password: '${env:X}' }")]
    [InlineData("Clients:\n  portal:\n    Target: { ConnectionString: 'Host=db;Password=${env:X}' }")]
    [InlineData("Clients:\n  portal:\n    Target: { ConnectionString: 'Data Source=a.db' }")]
    [InlineData("Clients:\n  portal:\n    DataTypes: [ { Mapping: { password: password } } ]")]
    [InlineData("Clients:\n  portal:\n    Target: { Entries: { Users: { PasswordAttribute: password, Password: x } } }")]
    public void What_is_no_secret_in_the_file_is_no_warning(string yaml)
    {
        _folder.Environment["X"] = "y";

        _folder.With("a.yml", yaml).Findings("a.yml").Should().BeEmpty();
    }

    public void Dispose() => _folder.Dispose();
}
