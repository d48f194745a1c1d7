using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Configuration;

namespace Hermes.Runtime.Tests.Registration;

public sealed class PartSettingsTests
{
    [Fact]
    public void Settings_are_read_whatever_their_letter_case()
    {
        var options = Read<Options>(("kind", "Probe"), ("HOST", "ldap.example"), ("Port", "636"), ("Mode", "safe"), ("Wait", "00:00:05"), ("Names:0", "a"), ("Names:1", "b"));

        options.Should().BeEquivalentTo(new Options { Host = "ldap.example", Port = 636, Mode = Mode.Safe, Wait = TimeSpan.FromSeconds(5), Names = { "a", "b" } });
    }

    [Fact]
    public void What_is_not_set_keeps_its_default()
    {
        Read<Options>(("Host", "h")).Port.Should().Be(389);
    }

    [Fact]
    public void All_errors_are_told_at_once_each_with_its_path_and_the_fix()
    {
        var act = () => Read<Options>(("Hots", "typo"), ("Port", "many"), ("Mode", "reckless"));

        act.Should().Throw<HermesConfigurationException>().Which.Errors.Should().Equal(
            new ConfigurationError("Part:Port", "The value cannot be read.", "Write a whole number."),
            new ConfigurationError("Part:Mode", "The value cannot be read.", "Use one of: Quick, Safe."),
            new ConfigurationError("Part:Hots", "This setting is unknown.", "Did you mean Host? Remove it, or use one of: Host, Mode, Modes, Names, Port, Wait."));
    }

    [Theory]
    [InlineData("Port", "", "The value is empty.")]
    [InlineData("Port", "1e3", "The value cannot be read.")]
    [InlineData("Wait", "5 minutes", "The value cannot be read.")]
    [InlineData("Mode", "1", "The value cannot be read.")]
    [InlineData("Mode", "", "The value is empty.")]
    [InlineData("Modes:a", "reckless", "The value cannot be read.")]
    [InlineData("Host:Name", "h", "A text is expected here, not a section or a list.")]
    public void A_value_that_cannot_be_used_is_told_with_its_path(string name, string value, string problem)
    {
        var act = () => Read<Options>(("Host", "h"), (name, value));

        var path = "Part:" + (name.StartsWith("Host", StringComparison.Ordinal) ? "Host" : name);
        act.Should().Throw<HermesConfigurationException>().Which.Errors.Should().Contain(error => error.Path == path && error.Problem == problem);
    }

    [Fact]
    public void A_list_may_be_one_text_and_a_dictionary_holds_values_of_its_type()
    {
        var options = Read<Options>(("Host", "h"), ("Names", "alone"), ("Modes:a", "Safe"), ("Modes:b", "quick"));

        options.Names.Should().Equal("alone");
        options.Modes.Should().Equal(new Dictionary<string, Mode> { ["a"] = Mode.Safe, ["b"] = Mode.Quick });
    }

    [Fact]
    public void Violated_annotations_are_told_with_their_path()
    {
        var act = () => Read<Options>(("Port", "0"));

        act.Should().Throw<HermesConfigurationException>().Which.Errors.Select(error => error.Path).Should().Equal("Part:Host", "Part:Port");
    }

    [Fact]
    public void The_message_holds_every_error_and_no_value()
    {
        var act = () => Read<Options>(("Port", "s3cret"), ("Password", "s3cret"));

        act.Should().Throw<HermesConfigurationException>().Which.Message.Should().Contain("Part:Port").And.Contain("Part:Password").And.NotContain("s3cret");
    }

    private static TOptions Read<TOptions>(params (string Name, string Value)[] settings)
        where TOptions : class, new()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Part:" + setting.Name, (string?)setting.Value)))
            .Build();
        return new PartSettings(new NoServices(), "probe", configuration.GetSection("Part")).Read<TOptions>();
    }

    public enum Mode
    {
        Quick,
        Safe,
    }

    public sealed class Options
    {
        [Required]
        public string? Host { get; set; }

        [Range(1, 65535)]
        public int Port { get; set; } = 389;

        public Mode Mode { get; set; }

        public TimeSpan Wait { get; set; }

        public List<string> Names { get; } = [];

        public IDictionary<string, Mode> Modes { get; } = new Dictionary<string, Mode>();
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
