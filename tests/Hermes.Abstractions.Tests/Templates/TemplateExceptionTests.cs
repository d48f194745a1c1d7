using Hermes.Abstractions.Templates;

namespace Hermes.Abstractions.Tests.Templates;

public sealed class TemplateExceptionTests
{
    [Fact]
    public void It_points_at_the_place()
    {
        var exception = new TemplateException("An operand is missing.", "first\n{{ a + }}", line: 2, column: 8);

        exception.Message.Should().Be("An operand is missing. (line 2, column 8)\n    {{ a + }}\n           ^");
    }
}
