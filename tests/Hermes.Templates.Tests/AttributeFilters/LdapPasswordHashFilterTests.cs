using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.AttributeFilters;

namespace Hermes.Templates.Tests.AttributeFilters;

public sealed class LdapPasswordHashFilterTests
{
    [Theory]
    [InlineData("MD5", "{MD5}X03MO1qnZdYdgyfeuILPmQ==")]
    [InlineData("SHA", "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=")]
    [InlineData("SHA256", "{SHA256}XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=")]
    [InlineData("SHA384", "{SHA384}qLZLq9CsqRpZvbt3YbQh1PK7OCgNOnW6DyHyvrxFWD1EbFmGYMlM5oDEfRnDB4On")]
    [InlineData("SHA512", "{SHA512}sQnzu7wkTrgkQZF+0G1hi5AI3Qmzvv0bXgc5THBqi7mAsdd4Xll27ASbRt9fEyavWi6m0QP9B8lThf+rDKy8hg==")]
    public void Unsalted_hashes_are_those_of_rfc_2307(string scheme, string expected)
    {
        Evaluate($"{{{{ 'password' | ldapPasswordHash('{scheme}') }}}}").Should().Be(Value.From(ValueList.Create([expected])));
    }

    [Theory]
    [InlineData("SMD5", 16)]
    [InlineData("SSHA", 20)]
    [InlineData("SSHA256", 32)]
    [InlineData("SSHA384", 48)]
    [InlineData("SSHA512", 64)]
    public void Salted_hashes_hold_the_digest_of_password_and_salt_and_the_salt(string scheme, int digestLength)
    {
        var hash = Evaluate($"{{{{ 'password' | ldapPasswordHash('{scheme}') }}}}").AsList().Single().AsString();

        hash.Should().StartWith($"{{{scheme}}}");
        var bytes = Convert.FromBase64String(hash[(scheme.Length + 2)..]);
        bytes.Length.Should().BeGreaterThanOrEqualTo(digestLength + 8);
        byte[] salted = [.. Encoding.UTF8.GetBytes("password"), .. bytes[digestLength..]];
        var digest = digestLength switch
        {
            16 => MD5.HashData(salted),
            20 => SHA1.HashData(salted),
            32 => SHA256.HashData(salted),
            48 => SHA384.HashData(salted),
            _ => SHA512.HashData(salted),
        };
        bytes[..digestLength].Should().Equal(digest);
    }

    [Fact]
    public void The_salt_is_fresh_each_time()
    {
        Evaluate("{{ 'password' | ldapPasswordHash }}").Should().NotBe(Evaluate("{{ 'password' | ldapPasswordHash }}"));
    }

    [Fact]
    public void Several_schemes_give_several_hashes_in_their_order()
    {
        Evaluate("{{ 'x' | ldapPasswordHash(['SHA', 'ssha']) }}").AsList().Select(hash => hash.AsString().Split('}')[0])
            .Should().Equal("{SHA", "{SSHA");
    }

    [Theory]
    [InlineData("{{ 'hunter2' | ldapPasswordHash('CRYPT') }}", "there is no type of hash 'CRYPT'; there are MD5")]
    [InlineData("{{ 5 | ldapPasswordHash }}", "a password is a text or bytes")]
    [InlineData("{{ 'hunter2' | ldapPasswordHash(5) }}", "the schemes are a text or a list")]
    public void What_cannot_be_hashed_is_refused(string text, string reason)
    {
        FluentActions.Invoking(() => Evaluate(text)).Should().Throw<TemplateException>()
            .Which.Reason.Should().Contain(reason).And.NotContain("hunter2");
    }

    [Fact]
    public void An_unknown_default_scheme_is_refused_at_once()
    {
        FluentActions.Invoking(() => new LdapPasswordHashFilter(["FOO"])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new LdapPasswordHashFilter([])).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("{{ PASSWORD | ldapPasswordHash('SSHA999') }}")]
    [InlineData("{{ PASSWORD | ldapPasswordHash(['SSHA', 'SSHA999']) }}")]
    [InlineData("{{ PASSWORD | ldapPasswordHash(hashtypes='SSHA999') }}")]
    public void An_unknown_type_is_refused_when_the_template_is_compiled(string text)
    {
        FluentActions.Invoking(() => new JinjaTemplateEngine([new LdapPasswordHashFilter()]).Compile(text)).Should().Throw<TemplateException>()
            .Which.Reason.Should().Contain("no type of hash 'SSHA999'");
    }

    [Fact]
    public void A_type_that_is_computed_is_looked_at_when_it_is_known() =>
        new JinjaTemplateEngine([new LdapPasswordHashFilter()]).Invoking(engine => engine.Compile("{{ PASSWORD | ldapPasswordHash(TYPE) }}")).Should().NotThrow();

    private static Value Evaluate(string text) => new JinjaTemplateEngine([new LdapPasswordHashFilter()]).Compile(text).Evaluate([]);
}
