using System.Text;

namespace Hermes.Events.Tests;

public class EventSignatureTests
{
    // RFC 4231, test case 2.
    [Fact]
    public void A_signature_is_the_hmac_of_the_body() =>
        EventSignature.Of("what do ya want for nothing?"u8, "Jefe"u8).Should().Be("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

    [Fact]
    public void A_signature_is_valid_for_its_body_and_key_alone()
    {
        var key = EventSignature.KeyOf("a key of 32 characters, or more.");
        var body = Encoding.UTF8.GetBytes("""{"evtype":"added"}""");
        var signature = EventSignature.Of(body, key);

        EventSignature.IsValid(signature, body, key).Should().BeTrue();
        EventSignature.IsValid(signature.ToUpperInvariant(), body, key).Should().BeTrue();
        EventSignature.IsValid(signature, body.AsSpan(1), key).Should().BeFalse();
        EventSignature.IsValid(signature, body, "another"u8).Should().BeFalse();
        EventSignature.IsValid(signature[1..] + "0", body, key).Should().BeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5bdcc146")]
    [InlineData("zzdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    public void What_is_no_signature_is_not_valid(string? text) =>
        EventSignature.IsValid(text, "what do ya want for nothing?"u8, "Jefe"u8).Should().BeFalse();
}
