using Hermes.Diff.Diffing;

namespace Hermes.Diff.Tests.Diffing;

public class SipHashTests
{
    // From the reference implementation's vectors of SipHash-2-4-128: key 00..0f, input 00..(n-1).
    [Theory]
    [InlineData(0, "A3817F04BA25A8E66DF67214C7550293")]
    [InlineData(1, "DA87C1D86B99AF44347659119B22FC45")]
    [InlineData(2, "8177228DA4A45DC7FCA38BDEF60AFFE4")]
    [InlineData(7, "A1F1EBBED8DBC153C0B84AA61FF08239")]
    [InlineData(8, "3B62A9BA6258F5610F83E264F31497B4")]
    [InlineData(9, "264499060AD9BAABC47F8B02BB6D71ED")]
    [InlineData(15, "5493E99933B0A8117E08EC0F97CFC3D9")]
    [InlineData(16, "6EE2A4CA67B054BBFD3315BF85230577")]
    [InlineData(63, "5150D1772F50834A503E069A973FBD7C")]
    public void Hash_is_that_of_the_reference_vectors(int length, string expected)
    {
        byte[] bytes = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
        var (first, second) = new SipHash(bytes.AsSpan(0, 16)).Hash(bytes.AsSpan(0, length));

        Convert.ToHexString(new Hash128(first, second).ToArray()).Should().Be(expected);
        Hash128.Read(Convert.FromHexString(expected)).Should().Be(new Hash128(first, second));
    }
}
