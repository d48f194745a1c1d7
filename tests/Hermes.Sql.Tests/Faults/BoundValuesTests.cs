using Hermes.Abstractions.Data;
using Hermes.Sql.Faults;

namespace Hermes.Sql.Tests.Faults;

public sealed class BoundValuesTests
{
    [Theory]
    [InlineData("Duplicate entry 's3cret' for key 'PRIMARY'", "s3cret", "Duplicate entry '***' for key 'PRIMARY'")]
    [InlineData("Duplicate entry 'a-long-secret-that-is-c' for key", "a-long-secret-that-is-cut-by-the-server", "Duplicate entry '***' for key")]
    [InlineData("twice s3cret and s3cret", "s3cret", "twice *** and ***")]
    [InlineData("near 'ab'", "ab", "near 'ab'")]
    [InlineData("nothing of it", "s3cret", "nothing of it")]
    public void A_value_that_was_bound_is_masked_as_far_as_it_shows(string message, string secret, string masked) =>
        BoundValues.Mask(message, [secret]).Should().Be(masked);

    [Fact]
    public void Values_inside_of_lists_and_longer_numbers_are_masked_too()
    {
        BoundValues.Mask("value 'inner-secret' and 123456", [ValueList.Create(["inner-secret"]), 123456]).Should().Be("value '***' and ***");
        BoundValues.Mask("line 12", [12]).Should().Be("line 12");
    }

    [Fact]
    public void A_message_that_shows_nothing_is_the_same_object() => BoundValues.Mask("syntax error", ["s3cret"]).Should().BeSameAs("syntax error");
}
