namespace Hermes.Tool.Tests.Configuration;

public sealed class YamlTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    [Fact]
    public void Sections_lists_and_texts_become_settings_by_path()
    {
        _folder.With("a.yml", """
            Servers:
              campus:
                PollInterval: 00:05:00
                InitSyncAtFirstPoll: true
                DataTypes:
                  - Name: People
                    Key: [id, number]
                  - { Name: Groups, Key: id }
            """);

        var servers = _folder.Section("a.yml").GetSection("Servers:campus");

        servers["PollInterval"].Should().Be("00:05:00");
        servers["InitSyncAtFirstPoll"].Should().Be("true");
        servers["DataTypes:0:Key:1"].Should().Be("number");
        servers["DataTypes:1:Name"].Should().Be("Groups");
    }

    [Fact]
    public void What_stands_below_Hermes_as_in_a_program_s_own_settings_is_the_same()
    {
        _folder.With("a.yml", "Hermes:\n  Servers:\n    campus: { PollInterval: 1 }\nTemplates: Jinja\n");

        _folder.Section("a.yml")["Servers:campus:PollInterval"].Should().Be("1");
        _folder.Section("a.yml")["Templates"].Should().Be("Jinja");
    }

    [Theory]
    [InlineData("x:", null)]
    [InlineData("x: ~", null)]
    [InlineData("x: null", null)]
    [InlineData("x: 'null'", "null")]
    [InlineData("x: ''", "")]
    [InlineData("x: []", "")]
    [InlineData("x: 007", "007")]
    [InlineData("x: yes", "yes")]
    [InlineData("x: |\n  select 1\n  from a\n", "select 1\nfrom a\n")]
    [InlineData("x: >-\n  select 1\n  from a\n", "select 1 from a")]
    [InlineData("x: 'C:\\data'", "C:\\data")]
    [InlineData("x: !!str 5", "5")]
    public void A_value_is_the_text_that_stands_there(string yaml, string? text)
    {
        var section = _folder.With("a.yml", yaml).Section("a.yml");

        section.GetChildren().Should().ContainSingle();
        section["x"].Should().Be(text);
    }

    [Fact]
    public void An_anchor_is_written_once_and_used_often()
    {
        _folder.With("a.yml", "Servers:\n  a: { Bus: &bus { Kind: Sqlite, Path: bus.db } }\nClients:\n  b: { Bus: *bus }\n");

        _folder.Section("a.yml")["Clients:b:Bus:Path"].Should().Be("bus.db");
    }

    [Fact]
    public void A_merged_section_gives_what_is_not_set_and_the_first_of_several_counts()
    {
        _folder.With("a.yml", "a: &a { x: 1, y: 1 }\nb: &b { x: 2, y: 2, z: 2 }\nc:\n  <<: [*a, *b]\n  x: 3\n");

        var merged = _folder.Section("a.yml").GetSection("c");

        (merged["x"], merged["y"], merged["z"]).Should().Be(("3", "1", "2"));
        _folder.Findings("a.yml").Should().BeEmpty();
    }

    [Fact]
    public void Aliases_of_aliases_cannot_fill_the_memory()
    {
        var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(
            Enumerable.Range(1, 12).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n"));

        _folder.With("a.yml", yaml).Findings("a.yml").Should().ContainSingle().Which.Should().Contain("The configuration is too large");
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        _folder.With("a.yml", "a: " + new string('[', 5_000) + new string(']', 5_000)).Findings("a.yml")
            .Should().ContainSingle().Which.Should().Contain("nested too deeply");
    }

    [Fact]
    public void An_alias_within_its_own_anchor_is_unknown() =>
        _folder.With("a.yml", "a: &a\n  b: *a\n").Findings("a.yml").Should().ContainSingle().Which.Should().StartWith("a.yml:2:6: There is no anchor &a above.");

    public void Dispose() => _folder.Dispose();
}
