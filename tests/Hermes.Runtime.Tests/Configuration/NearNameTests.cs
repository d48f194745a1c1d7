using Hermes.Runtime.Configuration;

namespace Hermes.Runtime.Tests.Configuration;

public sealed class NearNameTests
{
    private static readonly string[] Names = ["Bus", "PollInterval", "Sources", "State"];

    [Theory]
    [InlineData("PollIntervall", "PollInterval")]
    [InlineData("pollinterval", "PollInterval")]
    [InlineData("Sate", "State")]
    [InlineData("Buss", "Bus")]
    [InlineData("Sourecs", "Sources")]
    [InlineData("Colour", null)]
    [InlineData("x", null)]
    public void The_name_that_was_meant_is_found(string text, string? name) => NearName.Of(text, Names).Should().Be(name);

    [Fact]
    public void A_list_begins_with_the_nearest_name() => NearName.List("Stat", Names).Should().Be("State, Bus, PollInterval, Sources");
}
