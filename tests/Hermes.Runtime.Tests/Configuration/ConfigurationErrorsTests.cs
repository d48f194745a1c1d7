using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.Runtime.Tests.Configuration;

public sealed class ConfigurationErrorsTests
{
    private readonly ConfigurationErrors _errors = new("Hermes:Servers:campus");

    [Theory]
    [InlineData("Bus:Port", "Hermes:Servers:campus:Bus:Port")]
    [InlineData("Hermes:Servers:campus:Bus:Port", "Hermes:Servers:campus:Bus:Port")]
    [InlineData("Hermes:Servers:campus2:Bus", "Hermes:Servers:campus:Hermes:Servers:campus2:Bus")]
    public void The_path_of_a_part_is_prefixed_once(string told, string path)
    {
        _errors.Try<object>("Hermes:Servers:campus:Bus", () => throw new HermesConfigurationException(told, "It is wrong.", "Correct it."));

        _errors.Should().ContainSingle().Which.Path.Should().Be(path);
    }

    [Fact]
    public void Any_exception_becomes_an_error_and_the_others_are_still_found()
    {
        _errors.Try<object>("Hermes:Servers:campus:Bus", () => throw new NullReferenceException("Nothing there."));
        _errors.Try<object>("Hermes:Servers:campus:State", () => throw new FileNotFoundException("No file."));

        _errors.Select(error => error.ToString()).Should().Equal(
            "Hermes:Servers:campus:Bus: It cannot be made: Nothing there. (NullReferenceException) Correct its settings.",
            "Hermes:Servers:campus:State: It cannot be made: No file. (FileNotFoundException) Correct its settings.");
        _errors.Invoking(errors => errors.ThrowIfAny()).Should().Throw<HermesConfigurationException>().Which.Errors.Should().HaveCount(2);
    }

    [Fact]
    public void No_secret_is_told()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bus:Password"] = "hunter2",
            ["Bus:Host"] = "example.org",
        }).Build().GetSection("Bus");

        SecretText.Clean("No user with hunter2 at example.org; Server=x;Pwd=abc;Token='d e'", section)
            .Should().Be("No user with ******** at example.org; Server=x;Pwd=********;Token=********");
    }
}
