namespace Hermes.Tool.Tests.Processes;

public sealed class CommandLineTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    [Fact]
    public async Task Help_names_the_commands_and_the_exit_codes()
    {
        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "--help");

        code.Should().Be(0);
        output.Should().Contain("run <FILE>").And.Contain("check <FILE>").And.Contain("78 the configuration is wrong")
            .And.Contain("  hermes [command]").And.NotContain("Hermes.Tool").And.NotContain("\u001b");
    }

    [Theory]
    [InlineData("rum", "hermes.yml")]
    [InlineData("check")]
    [InlineData("check", "hermes.yml", "--set", "nothing")]
    [InlineData("check", "hermes.yml", "--fast")]
    [InlineData("status")]
    [InlineData("status", "--socket", "a", "--url", "http://localhost")]
    [InlineData("status", "--socket", "a", "--token", "${env:HOME}")]
    [InlineData("status", "--url", "http://hermes.example")]
    [InlineData("status", "--url", "http://localhost", "--token", "in-the-open-for-all")]
    [InlineData("queue", "discard", "1", "--socket", "a")]
    [InlineData("queue", "retry", "--socket", "a")]
    [InlineData("queue", "retry", "1", "--all", "--socket", "a")]
    [InlineData("queue", "list", "--limit", "0", "--socket", "a")]
    [InlineData("removals", "approve", "d", "--socket", "a")]
    public async Task A_wrong_command_line_is_told_apart_from_a_wrong_configuration(params string[] arguments) =>
        (await HermesProcess.RunAsync(_folder.Path, arguments)).Code.Should().Be(64);

    [Fact]
    public async Task A_right_configuration_is_checked_without_connecting_to_anything()
    {
        _folder.With("hermes.yml", Mistakes.Mistake.Campus.Replace(
            "bus.db }\n    Target", "bus.db }\n    SigningKeys: [0123456789abcdef0123456789abcdef]\n    Target", StringComparison.Ordinal));

        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "check", "hermes.yml");

        code.Should().Be(0);
        output.Should().Contain("hermes.yml:31:19: warning: Clients:files:SigningKeys:0: ").And.Contain("no errors, 1 warning");
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().ContainSingle("nothing is made");
    }

    [Fact]
    public async Task A_wrong_configuration_is_told_by_text_and_exit_code()
    {
        _folder.With("hermes.yml", "Servers:\n  campus: { }\n");

        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "check", "hermes.yml");

        code.Should().Be(78);
        output.Should().Contain("hermes.yml:2:3: Servers:campus:PollInterval: ").And.Contain("4 errors, no warnings");
    }

    [Fact]
    public async Task What_a_data_model_changes_is_told_of_its_state()
    {
        _folder.With("hermes.yml", Mistakes.Mistake.Campus);

        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "check", "hermes.yml", "--state");

        code.Should().Be(0, output);
        output.Should().Contain("server:campus: This would be the first start: clients were told nothing yet.");
    }

    [Fact]
    public async Task A_first_configuration_is_written_that_is_right_and_nothing_is_overwritten()
    {
        var first = await HermesProcess.RunAsync(_folder.Path, "init");
        var check = await HermesProcess.RunAsync(_folder.Path, "check", "hermes.yml");
        var second = await HermesProcess.RunAsync(_folder.Path, "init", "hermes.yml");

        first.Code.Should().Be(0, first.Output);
        check.Should().Be((0, $"no errors, no warnings{Environment.NewLine}"));
        second.Code.Should().Be(1);
        second.Output.Should().Contain("hermes.yml is there already");
    }

    [Fact]
    public async Task The_schema_is_written_as_json()
    {
        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "schema");

        code.Should().Be(0);
        System.Text.Json.JsonDocument.Parse(output).RootElement.GetProperty("$schema").GetString().Should().StartWith("http://json-schema.org/draft-07");
    }

    public void Dispose() => _folder.Dispose();
}
