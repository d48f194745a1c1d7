using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Diffing;

public class FingerprintIndexTests
{
    private static readonly DataType Type = ServerModel.Build(Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id"))), new FakeEngine(), "").Types[0];

    [Fact]
    public void Loaded_entries_are_found()
    {
        var index = new FingerprintIndex(Type, capacity: 10);
        index.Load(new Hash128(1, 2), new Hash128(3, 4), 5);

        index.Count.Should().Be(1);
        index.TryGet(new Hash128(1, 2), out var fingerprint, out var id).Should().BeTrue();
        (fingerprint, id).Should().Be((new Hash128(3, 4), 5L));
        index.TryGet(new Hash128(2, 1), out _, out _).Should().BeFalse();
    }

    [Fact]
    public void Same_key_twice_in_the_store_is_an_error()
    {
        var index = new FingerprintIndex(Type);
        index.Load(new Hash128(1, 2), default, 5);

        index.Invoking(it => it.Load(new Hash128(1, 2), default, 6)).Should().Throw<ArgumentException>().WithMessage("*same key twice*");
    }

    [Fact]
    public void Entries_of_a_dropped_poll_are_not_known()
    {
        var server = new Server(Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id"))));
        server.Rows("Users/hr", Hermes.Abstractions.Data.Entry.Of(("id", 1))).Poll(beforeStore: (_, _) => false);

        var index = server.State.IndexOf(server.Model.Types[0]);
        index.Count.Should().Be(0);
        index.TryGet(server.State.Hasher.HashKey(Hermes.Abstractions.Data.EntryKey.Of(1)), out _, out _).Should().BeFalse();
    }

    [Fact]
    public void Hashes_survive_their_bytes()
    {
        Hash128.Read(new Hash128(1, ulong.MaxValue).ToArray()).Should().Be(new Hash128(1, ulong.MaxValue));
        FluentActions.Invoking(() => new EntryHasher(new byte[15])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Fingerprints_are_those_of_the_reference_code_and_depend_on_the_secret()
    {
        byte[] secret = [.. Enumerable.Range(0, EntryHasher.SecretSize).Select(i => (byte)i)];

        new EntryHasher(secret).HashContent([]).ToArray().Should().Equal(Convert.FromHexString("A3817F04BA25A8E66DF67214C7550293"));
        secret[0]++;
        new EntryHasher(secret).HashContent([]).ToArray().Should().NotEqual(Convert.FromHexString("A3817F04BA25A8E66DF67214C7550293"));
    }
}
