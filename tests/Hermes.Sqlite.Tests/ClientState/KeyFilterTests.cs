using Hermes.Abstractions.Data;
using Hermes.Diff.Encoding;
using Hermes.Sqlite.ClientState;

namespace Hermes.Sqlite.Tests.ClientState;

public sealed class KeyFilterTests
{
    [Fact]
    public void A_key_that_was_put_in_is_never_denied()
    {
        var filter = new KeyFilter();
        for (var i = 0; i < 100_000; i++)
            filter.Add(i % 3, Key(i));

        for (var i = 0; i < 100_000; i++)
            filter.MayHold(i % 3, Key(i)).Should().BeTrue();
    }

    [Fact]
    public void Nearly_all_keys_that_were_not_put_in_are_denied()
    {
        var filter = new KeyFilter();
        for (var i = 0; i < 800_000; i++)
            filter.Add(1, Key(i));

        Enumerable.Range(0, 100_000).Count(i => filter.MayHold(2, Key(i))).Should().BeLessThan(1_000);
        Enumerable.Range(800_000, 100_000).Count(i => filter.MayHold(1, Key(i))).Should().BeLessThan(1_000);
    }

    private static byte[] Key(int i) => EntryCodec.EncodeKey(EntryKey.Of(i, "g" + (i % 7)));
}
