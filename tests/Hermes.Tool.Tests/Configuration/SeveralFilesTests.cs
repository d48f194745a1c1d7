namespace Hermes.Tool.Tests.Configuration;

public sealed class SeveralFilesTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    [Fact]
    public void A_later_file_counts_more_and_replaces_a_list_as_a_whole()
    {
        _folder.With("a.yml", "x: { one: 1, two: 1 }\nlist: [a, b, c]\n").With("b.json", """{ "X": { "two": 2, "three": 2 }, "list": [ "d" ] }""");

        var section = _folder.Section("a.yml", "b.json");

        (section["x:one"], section["x:two"], section["x:three"]).Should().Be(("1", "2", "2"));
        section.GetSection("list").GetChildren().Select(item => item.Value).Should().Equal("d");
    }

    [Fact]
    public void The_files_of_a_folder_are_one_configuration()
    {
        _folder.With("a.yml", "Servers: { one: { PollInterval: 1 } }").With("b.yaml", "Servers: { two: { PollInterval: 2 } }").With("notes.txt", "not: [ this");

        _folder.Section().GetSection("Servers").GetChildren().Select(server => server.Key).Should().Equal("one", "two");
    }

    [Fact]
    public void The_files_of_a_folder_may_not_contradict_each_other()
    {
        _folder.With("a.yml", "Servers:\n  one: { PollInterval: 1 }\n").With("b.yml", "Servers:\n  ONE:\n    PollInterval: 2\n");

        _folder.Findings().Should().ContainSingle().Which.Should().Be(
            $"b.yml:3:5: Servers:ONE:PollInterval: Another file of the folder sets this too.{Environment.NewLine}    Remove one of the two; the other is a.yml:2:10.");
    }

    [Fact]
    public void The_mistakes_of_all_files_of_a_folder_are_told() =>
        _folder.With("a.yml", "a: [").With("b.yml", "b: '").Findings().Should().HaveCount(2);

    [Fact]
    public void A_file_that_is_not_there_is_told_with_the_one_that_was_meant() =>
        _folder.With("hermes.yml", "a: 1").Findings("hermse.yml").Should().ContainSingle().Which.Should().Contain("There is no such file.").And.Contain("hermes.yml?");

    [Fact]
    public void A_folder_without_files_is_told() => _folder.Findings().Should().ContainSingle().Which.Should().Contain("holds no configuration");

    [Fact]
    public void Environment_variables_count_more_than_files_and_the_command_line_more_than_both()
    {
        _folder.With("a.yml", "Servers: { campus: { PollInterval: 1, Name: 1, Key: 1 } }");
        _folder.Environment["HERMES__SERVERS__CAMPUS__NAME"] = "2";
        _folder.Environment["Hermes__Servers__campus__Key"] = "2";
        _folder.Environment["HERMES_HOME"] = "2";
        _folder.Set.Add("Hermes:Servers:campus:Key=a=3");

        var campus = _folder.Section("a.yml").GetSection("Servers:campus");

        (campus["PollInterval"], campus["Name"], campus["Key"]).Should().Be(("1", "2", "a=3"));
    }

    [Fact]
    public void What_counts_more_replaces_a_section_and_a_list()
    {
        _folder.With("a.yml", "Key: [a, b]");
        _folder.Set.Add("Key=c");

        var key = _folder.Section("a.yml").GetSection("Key");

        key.Value.Should().Be("c");
        key.GetChildren().Should().BeEmpty();
    }

    [Fact]
    public async Task A_mistake_outside_the_files_is_told_with_who_says_it()
    {
        _folder.With("a.yml", "Logging: {}");
        _folder.Environment["HERMES__TEMPLATE"] = "Jinja";
        _folder.Set.Add("Logging:LogLevel:Default=Loud");

        (await _folder.CheckAsync("a.yml")).Should().HaveCount(2)
            .And.Contain(finding => finding.StartsWith("environment variable HERMES__TEMPLATE: TEMPLATE: This setting is unknown."))
            .And.Contain(finding => finding.StartsWith("--set Logging:LogLevel:Default: Logging:LogLevel:Default: The value cannot be read."));
    }

    public void Dispose() => _folder.Dispose();
}
