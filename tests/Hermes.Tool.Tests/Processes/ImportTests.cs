using System.Text.Json.Nodes;
using Hermes.TestSupport;

namespace Hermes.Tool.Tests.Processes;

public sealed class ImportTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    [Fact]
    public async Task What_is_written_is_right_as_it_is_and_its_secrets_are_readable_by_their_owner_only()
    {
        _folder.With("server.yml", RepositoryFiles.Read("tests/Hermes.Tool.Tests/Import/Python/postgresql-server.yml"));

        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "import-python", "server.yml", "-o", "hermes.yml");
        var check = await HermesProcess.RunAsync(_folder.Path, "check", "hermes.yml");
        var again = await HermesProcess.RunAsync(_folder.Path, "import-python", "server.yml", "-o", "hermes.yml");

        code.Should().Be(0, output);
        output.Should().Contain("server.yml:2:3: warning: hermes.umask: ").And.Contain("secrets/hr-password").And.NotContain("in;the=open");
        check.Should().Be((0, $"no errors, no warnings{Environment.NewLine}"));
        File.ReadAllText(Path.Combine(_folder.Path, "secrets", "hr-password")).Should().Be("\"in;the=open\"");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_folder.Path, "secrets", "hr-password")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        again.Code.Should().Be(1);
        again.Output.Should().Contain("hermes.yml is there already");
    }

    [Fact]
    public async Task Programs_get_configuration_and_notes_as_json()
    {
        _folder.With("client.yml", RepositoryFiles.Read("tests/Hermes.Tool.Tests/Import/Python/null-client.yml"));

        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "import-python", "client.yml", "--json");

        code.Should().Be(0, output);
        var json = JsonNode.Parse(output)!;
        ((string)json["configuration"]!).Should().Contain("Kind: Log");
        json["notes"]!.AsArray().Should().Contain(note => (int)note!["line"]! > 0 && (string)note["setting"]! == "hermes.logs.logfile");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told_with_its_place()
    {
        var (code, output) = await HermesProcess.RunAsync(_folder.With("server.yml", "hermes: {\n").Path, "import-python", "server.yml");

        code.Should().Be(78);
        output.Should().Contain("server.yml:");
    }

    public void Dispose() => _folder.Dispose();
}
