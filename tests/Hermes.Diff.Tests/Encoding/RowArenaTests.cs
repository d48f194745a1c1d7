using Hermes.Abstractions.Data;
using Hermes.Diff.Encoding;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Encoding;

public class RowArenaTests
{
    private const int Attributes = 6;

    [Fact]
    public void Rows_of_all_sizes_are_read_back()
    {
        var random = new RandomValues(1);
        var arena = new RowArena();
        var rows = Enumerable.Range(0, 2000).Select(i => i % 400 == 7 ? Huge(i) : Row(random)).ToList();
        var addresses = rows.Select(row => arena.Append(row)).ToList();

        for (var i = 0; i < rows.Count; i++)
            Read(arena, addresses[i]).Should().Equal(rows[i], $"of row {i}");

        static Value[] Huge(int i) => [i, new string('x', 700_000 + (1000 * i)), Value.Null, 1, Value.Null, i];
    }

    [Fact]
    public void Only_wanted_attributes_are_read()
    {
        var random = new RandomValues(2);
        var arena = new RowArena();
        for (var round = 0; round < 500; round++)
        {
            var row = Row(random);
            var values = new Value[Attributes];
            bool[] wanted = [.. Enumerable.Range(0, Attributes).Select(_ => random.Random.Next(2) == 0)];
            arena.Read(arena.Append(row), values, wanted);

            values.Should().Equal(row.Select((value, i) => wanted[i] ? value : Value.Null));
        }
    }

    [Fact]
    public void Join_takes_what_one_side_has_and_tells_what_differs()
    {
        var random = new RandomValues(3);
        var arena = new RowArena();
        for (var round = 0; round < 1000; round++)
        {
            var (first, second) = (Row(random), Row(random));
            for (var i = 0; i < Attributes; i++)
                second[i] = random.Random.Next(2) == 0 ? first[i] : second[i];

            var conflicts = new List<int>();
            var joined = arena.Join(arena.Append(first), arena.Append(second), conflicts);

            Read(arena, joined).Should().Equal(first.Zip(second, (a, b) => a.IsSet ? a : b), $"of round {round}");
            conflicts.Should().Equal(Enumerable.Range(0, Attributes).Where(i => first[i].IsSet && second[i].IsSet && first[i] != second[i]));
        }
    }

    private static Value[] Row(RandomValues random) =>
        [.. Enumerable.Range(0, Attributes).Select(_ => random.Random.Next(3) == 0 ? Value.Null : random.Next())];

    private static Value[] Read(RowArena arena, long address)
    {
        var values = new Value[Attributes];
        arena.Read(address, values, []);
        return values;
    }
}
