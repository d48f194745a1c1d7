using Hermes.Diff.Diffing;

namespace Hermes.Diff.Tests.Diffing;

public class KeyTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Table_behaves_like_a_dictionary_whatever_is_added_and_removed(int seed)
    {
        var random = new Random(seed);
        var table = new KeyTable<long>();
        var model = new Dictionary<Hash128, long>();
        for (var step = 0; step < 60_000; step++)
        {
            // The low bits are few, so that chains are long.
            var key = new Hash128((ulong)random.Next(40), (ulong)random.Next(step < 30_000 ? 500 : 20));
            var slot = table.Find(key);
            if (slot >= 0 != model.ContainsKey(key))
                Assert.Fail($"Seed {seed}, step {step}: found is {slot >= 0}.");
            if (slot < 0)
            {
                table[table.Add(key)] = step;
                model[key] = step;
            }
            else if (random.Next(3) == 0)
            {
                table.Remove(slot);
                model.Remove(key);
            }
            else
            {
                Assert.Equal((key, model[key]), (table.KeyAt(slot), table[slot]));
            }
        }

        table.Count.Should().Be(model.Count);
        Enumerable.Range(0, table.SlotCount).Where(table.IsUsed).Select(slot => KeyValuePair.Create(table.KeyAt(slot), table[slot])).ToHashSet()
            .SetEquals(model).Should().BeTrue();
    }

    [Fact]
    public void Slots_that_were_removed_are_used_again()
    {
        var table = new KeyTable<long>();
        for (var round = 0UL; round < 10_000; round++)
            table.Remove(table.Add(new Hash128(round, round)));

        table.SlotCount.Should().Be(1);
    }

    [Fact]
    public void Slot_keeps_its_number_while_the_table_grows()
    {
        var table = new KeyTable<long>();
        var slots = Enumerable.Range(0, 5000).Select(i => table.Add(new Hash128((ulong)i * 7919, 1))).ToList();

        slots.Should().Equal(Enumerable.Range(0, 5000));
        Enumerable.Range(0, 5000).Should().OnlyContain(i => table.Find(new Hash128((ulong)i * 7919, 1)) == i);
    }
}
