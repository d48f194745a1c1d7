using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Registration;

namespace Hermes.Runtime.Tests.Registration;

public sealed class PartOptionsTests
{
    [Fact]
    public void Everything_that_is_wrong_is_reported_under_the_path_of_the_part()
    {
        var make = () => PartOptions.Make<Settings>("Hermes:Servers:campus:Bus", options => options.Port = 70000);

        make.Should().Throw<HermesConfigurationException>().Which.Errors.Select(error => error.Path).Should()
            .BeEquivalentTo("Hermes:Servers:campus:Bus:Host", "Hermes:Servers:campus:Bus:Port");
    }

    [Fact]
    public void Valid_options_are_handed_out() =>
        PartOptions.Make<Settings>("Bus", options => options.Host = "h").Should().BeEquivalentTo(new Settings { Host = "h", Port = 1 });

    private sealed class Settings
    {
        [Required]
        public string Host { get; set; } = "";

        [Range(1, 65535)]
        public int Port { get; set; } = 1;
    }
}
