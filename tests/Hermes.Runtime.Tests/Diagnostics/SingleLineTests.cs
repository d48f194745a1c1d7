using Hermes.Runtime.Diagnostics;

namespace Hermes.Runtime.Tests.Diagnostics;

public sealed class SingleLineTests
{
    [Theory]
    [InlineData("Zoë ✓ \ud83d\ude00", "Zoë ✓ \ud83d\ude00")]
    [InlineData("a\r\nInformation 1: all is well", "a\\r\\nInformation 1: all is well")]
    [InlineData("\u001b[2Jx\tb\u0000", "\\u001b[2Jx\\tb\\u0000")]
    [InlineData("x\u2028y\u0085z\u202egnp", "x\\u2028y\\u0085z\\u202egnp")]
    public void What_would_end_a_line_or_steer_a_terminal_is_escaped(string text, string line) => SingleLine.Of(text).Should().Be(line);
}
