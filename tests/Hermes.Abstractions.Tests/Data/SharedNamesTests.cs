using System.Text;
using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Tests.Data;

public sealed class SharedNamesTests
{
    [Fact]
    public void The_same_name_is_the_same_string_however_it_is_given()
    {
        var name = SharedNames.Get("prénom");

        SharedNames.Get("prénom".AsSpan()).Should().BeSameAs(name);
        SharedNames.Get(Encoding.UTF8.GetBytes("prénom")).Should().BeSameAs(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a name of more than sixty-four characters, which is longer than any attribute that anybody has ever used")]
    public void Any_text_is_given_back(string text)
    {
        SharedNames.Get(text).Should().Be(text);
        SharedNames.Get(Encoding.UTF8.GetBytes(text)).Should().Be(text);
    }

    [Fact]
    public void Bytes_that_are_not_a_text_are_replaced() => SharedNames.Get([0x61, 0xff]).Should().Be("a\uFFFD");
}
