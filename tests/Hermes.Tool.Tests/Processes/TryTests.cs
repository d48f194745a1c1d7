using Hermes.Tool.Tests.Mistakes;

namespace Hermes.Tool.Tests.Processes;

public sealed class TryTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    [Theory]
    [InlineData("{{ login | lower }}", "ada")]
    [InlineData("{{ [login, 7] }}", "Ada, 7")]
    [InlineData("{{ phone }}", "(not set)")]
    [InlineData("{{ phone | lower }}", "(not set)")]
    [InlineData("Hello {{ login }}", "Hello Ada")]
    [InlineData("login", "Ada")]
    public async Task A_template_is_tried_on_an_entry(string template, string result) =>
        (await HermesProcess.RunAsync(_folder.Path, "test", template, "--entry", """{"login":"Ada"}""")).Should().Be((0, result + Environment.NewLine));

    [Fact]
    public async Task A_mapping_is_tried_as_the_configuration_has_it()
    {
        _folder.With("hermes.yml", Mistake.Campus).With("ada.json", """{"login":"Ada","id":7}""");

        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "test", "-c", "hermes.yml", "--client", "files", "--type", "Account", "--entry", "ada.json");
        var json = await HermesProcess.RunAsync(_folder.Path, "test", "-c", "hermes.yml", "--client", "files", "--type", "Account", "--entry", "ada.json", "--json");

        code.Should().Be(0, output);
        output.Should().MatchRegex("(?m)^login +Ada").And.MatchRegex("(?m)^mail +Ada@campus.example");
        json.Output.Should().Contain("\"mail\": \"Ada@campus.example\"");
    }

    [Fact]
    public async Task What_cannot_be_tried_is_told()
    {
        _folder.With("hermes.yml", Mistake.Campus);

        (await HermesProcess.RunAsync(_folder.Path, "test", "{{ 1 + }}", "--entry", "{}")).Code.Should().Be(1);
        (await HermesProcess.RunAsync(_folder.Path, "test", "{{ 1 }}", "--entry", "nothing")).Code.Should().Be(64);
        (await HermesProcess.RunAsync(_folder.Path, "test", "--entry", "{}")).Code.Should().Be(64);
        var missing = await HermesProcess.RunAsync(_folder.Path, "test", "-c", "hermes.yml", "--client", "files", "--type", "Acount", "--entry", "{}");
        missing.Code.Should().Be(66);
        missing.Output.Should().Contain("Did you mean Account?");
    }

    public void Dispose() => _folder.Dispose();
}
