using Hermes.TestSupport;

namespace Hermes.Tool.Tests;

/// <summary>What this repository shows to users as a configuration is right.</summary>
public sealed class ShippedConfigurationTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    [Fact]
    public async Task The_university_of_the_sample_is_accepted() =>
        (await _folder.With("hermes.yml", RepositoryFiles.Read("samples/QuickStart/hermes.yml")).CheckAsync("hermes.yml")).Should().BeEmpty();

    [Fact]
    public async Task The_first_configuration_of_the_page_is_accepted()
    {
        var page = RepositoryFiles.Read("docs/command.md");

        (await _folder.With("hermes.yml", page.Split("```yaml\n")[1].Split("```")[0]).CheckAsync("hermes.yml")).Should().BeEmpty();
    }

    [Fact]
    public async Task The_configuration_of_the_template_of_a_host_is_accepted()
    {
        var json = RepositoryFiles.Read("templates/Hermes.ProjectTemplates/content/hermes-host/appsettings.json");

        (await _folder.With("appsettings.json", json).CheckAsync("appsettings.json")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Servers:campus:Sources:hr", "Sql", "Provider: Npgsql, ConnectionString: Host=db")]
    [InlineData("Servers:campus:Sources:hr", "Sql", "Provider: MySqlConnector, ConnectionString: Server=db")]
    [InlineData("Servers:campus:Sources:hr", "Ldap", "Url: 'ldaps://directory.example', Search: 'a'")]
    [InlineData("Servers:campus:Sources:hr", "JsonLines", "Path: .")]
    [InlineData("Servers:campus:Sources:hr", "Excel", "Path: .")]
    [InlineData("Servers:campus:Bus", "RabbitMq", "Host: mq")]
    [InlineData("Servers:campus:Bus", "Kafka", "Servers: kafka")]
    [InlineData("Clients:files:Target", "ActiveDirectory", "Url: x")]
    [InlineData("Clients:files:Target", "Ldap", "Url: x")]
    [InlineData("Clients:files:Bus", "RabbitMq", "Host: mq")]
    [InlineData("Clients:files:Bus", "Kafka", "Servers: kafka")]
    public async Task Every_shipped_kind_is_known(string part, string kind, string settings)
    {
        var yaml = $"Kind: {kind}, {settings}";
        foreach (var name in part.Split(':').Reverse())
            yaml = $"{name}: {{ {yaml} }}";

        (await _folder.With("hermes.yml", yaml).CheckAsync("hermes.yml")).Should().NotContain(finding => finding.Contains("kind") || finding.Contains("driver is registered"));
    }

    [Fact]
    public async Task Templates_may_be_those_of_scriban()
    {
        var yaml = Mistakes.Mistake.Campus.Replace("login | lower", "login | string.downcase", StringComparison.Ordinal);

        (await _folder.With("hermes.yml", yaml + "Templates: Scriban\n").CheckAsync("hermes.yml")).Should().BeEmpty();
        (await _folder.With("hermes.yml", yaml).CheckAsync("hermes.yml")).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Mail_is_checked_with_all_else_and_once()
    {
        var yaml = Mistakes.Mistake.Campus + "Mail: { Server: smtp, From: nobody }\n";

        (await _folder.With("hermes.yml", yaml).CheckAsync("hermes.yml")).Should().ContainSingle().Which.Should().StartWith("hermes.yml:40:1: Mail:To: There must be at least one");
    }

    public void Dispose() => _folder.Dispose();
}
