using System.Security.Cryptography;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.AttributeFilters;

namespace Hermes.Templates.Tests.AttributeFilters;

public sealed class RsaOaepFilterTests
{
    private static readonly string PrivatePem;
    private static readonly string PublicPem;

    static RsaOaepFilterTests()
    {
        using var rsa = RSA.Create(2048);
        PrivatePem = rsa.ExportPkcs8PrivateKeyPem();
        PublicPem = rsa.ExportSubjectPublicKeyInfoPem();
    }

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA512")]
    [InlineData("SHA3-256")]
    [InlineData("SHA3_512")]
    public void What_the_public_key_encrypts_the_private_key_decrypts(string hash)
    {
        var engine = Engine(hash);

        var encrypted = engine.Compile("{{ 'pässword' | crypto_RSA_OAEP('to') }}").Evaluate([]);

        encrypted.AsString().Should().NotContain("word");
        engine.Compile("{{ x | crypto_RSA_OAEP('from') }}").Evaluate([encrypted]).Should().Be(Value.From("pässword"));
        engine.Compile("{{ x | crypto_RSA_OAEP('from') }}").Evaluate([Convert.FromBase64String(encrypted.AsString())])
            .Should().Be(Value.From("pässword"));
    }

    [Theory]
    [InlineData("{{ 'c2VjcmV0' | crypto_RSA_OAEP('from') }}", "not encrypted for this key")]
    [InlineData("{{ '!' | crypto_RSA_OAEP('from') }}", "not base64")]
    [InlineData("{{ 5 | crypto_RSA_OAEP('to') }}", "kind Integer")]
    [InlineData("{{ 5 | crypto_RSA_OAEP('from') }}", "kind Integer")]
    [InlineData("{{ ('x' * 500) | crypto_RSA_OAEP('to') }}", "too long for this key")]
    [InlineData("{{ 'x' | crypto_RSA_OAEP('other') }}", "there is no such key; there are from, to")]
    [InlineData("{{ 'x' | crypto_RSA_OAEP }}", "argument 'keyname' is missing")]
    public void What_cannot_be_encrypted_or_decrypted_is_refused(string text, string reason)
    {
        FluentActions.Invoking(() => Engine("SHA256").Compile(text).Evaluate([])).Should().Throw<TemplateException>()
            .Which.Reason.Should().Contain(reason);
    }

    [Fact]
    public void A_key_that_cannot_be_read_is_refused_and_not_shown()
    {
        FluentActions.Invoking(() => new RsaKey("-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----", "SHA256"))
            .Should().Throw<ArgumentException>().Which.ToString().Should().NotContain("hunter2");
        FluentActions.Invoking(() => new RsaKey(PublicPem, "SHA1")).Should().Throw<ArgumentException>();
    }

    private static JinjaTemplateEngine Engine(string hash) => new(
    [
        new RsaOaepFilter(new Dictionary<string, RsaKey> { ["to"] = new(PublicPem, hash), ["from"] = new(PrivatePem, hash) }),
    ]);
}
