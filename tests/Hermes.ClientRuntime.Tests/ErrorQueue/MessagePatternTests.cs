using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Tests.ErrorQueue;

public sealed class MessagePatternTests
{
    [Theory]
    [InlineData("The certificate has expired.", "The certificate has expired.")]
    [InlineData("The name 'ada.byron' is taken by \"Ada King\".", "The name * is taken by *.")]
    [InlineData("cn=Ada Byron,ou=people does not exist (0000208D: NameErr, data 0)", "cn=*,ou=people does not exist (* NameErr, data *)")]
    [InlineData("Row 17 of 2026-03-01T10:00:00Z isn't there, and can't be read", "Row * of * isn't there, and can't be read")]
    [InlineData("2 lines\nof text", "* lines of text")]
    public void Values_are_left_out(string message, string expected) => MessagePattern.Of(message, Event()).Should().Be(expected);

    [Fact]
    public void A_long_message_counts_by_its_beginning() => MessagePattern.Of(new string('a', 100_000), Event()).Should().HaveLength(300);

    [Fact]
    public void Causes_differ_by_exception_step_and_message()
    {
        FailureCause[] causes = [new("A", "s", "m"), new("B", "s", "m"), new("A", "t", "m"), new("A", "s", "n"), new("A", null, "m")];

        causes.Select(cause => cause.Id).Should().OnlyHaveUniqueItems();
        new FailureCause("A", "s", "m").Id.Should().Be(causes[0].Id);
    }

    private static LocalEvent Event() => new(
        "Users",
        EntryKey.Of("u1"),
        LocalEventKind.Added,
        "SRVUsers",
        null,
        new EntryView(Entry.Of(("login", "ada"), ("display", "Ada Byron"))),
        EventSecrets.None);
}
