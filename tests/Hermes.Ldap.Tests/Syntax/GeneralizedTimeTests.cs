using System.Globalization;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Tests.Syntax;

public class GeneralizedTimeTests
{
    [Theory]
    [InlineData("20240501123456Z", "2024-05-01T12:34:56.0000000")]
    [InlineData("20240501123456.5Z", "2024-05-01T12:34:56.5000000")]
    [InlineData("20240501123456,0000001Z", "2024-05-01T12:34:56.0000001")]
    [InlineData("202405011234Z", "2024-05-01T12:34:00.0000000")]
    [InlineData("202405011234.5Z", "2024-05-01T12:34:30.0000000")]
    [InlineData("2024050112Z", "2024-05-01T12:00:00.0000000")]
    [InlineData("2024050112.5Z", "2024-05-01T12:30:00.0000000")]
    [InlineData("20240501123456+0200", "2024-05-01T10:34:56.0000000")]
    [InlineData("20240501003456-0130", "2024-05-01T02:04:56.0000000")]
    [InlineData("20241231235960Z", "2025-01-01T00:00:00.0000000")]
    public void Times_of_all_forms_are_read_as_UTC(string text, string expected)
    {
        GeneralizedTime.TryParse(text, out var time).Should().BeTrue();
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture).Should().Be(expected);
    }

    [Theory]
    [InlineData("20240501123456")]
    [InlineData("20241301123456Z")]
    [InlineData("20240501126156Z")]
    [InlineData("240403120000Z")]
    [InlineData("2404031200Z")]
    [InlineData("99991231235959-0100")]
    [InlineData("2024-05-01")]
    [InlineData("20240501123456Z\n")]
    [InlineData("")]
    public void What_is_no_time_is_refused(string text) => GeneralizedTime.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void A_written_time_is_read_back_exactly()
    {
        var random = new Random(7);
        for (var i = 0; i < 1000; i++)
        {
            var time = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks));
            GeneralizedTime.TryParse(GeneralizedTime.Format(time), out var read).Should().BeTrue();
            read.Should().Be(time, "seed 7");
        }
    }
}
