using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Polling;

public class PollPropertyTests
{
    private const int Attributes = 5;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Changes_applied_to_the_old_entries_give_the_new_ones(bool collected)
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new RandomValues(seed);
            var server = new Server(Model(collected));
            var entries = new Dictionary<string, Entry>();
            for (var round = 0; round < 4; round++)
            {
                var rows = RandomRows(random);
                foreach (var change in server.Rows("Users/hr", rows).Poll())
                    Apply(change, entries);

                rows.ToHashSet().SetEquals(entries.Values).Should().BeTrue($"of seed {seed}, round {round}");
                rows.ToHashSet().SetEquals(server.State.Stored("Users").Select(entry => entry.Sent)).Should().BeTrue($"of seed {seed}, round {round}");
                server.ReportOf("Users").Entries.Should().Be(rows.Count);
                if (random.Random.Next(2) == 0)
                    server.Restart();
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Second_poll_of_the_same_data_finds_no_change_whatever_the_order(bool collected)
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new RandomValues(seed);
            var rows = RandomRows(random).ToArray();
            var server = new Server(Model(collected)).Rows("Users/hr", rows);
            server.Poll();

            random.Random.Shuffle(rows);
            server.RawRows("Users/hr", rows.Select(row => Shuffled(row, random.Random)));
            server.Poll().Should().BeEmpty($"of seed {seed}");
        }
    }

    private static SourceRow Shuffled(Entry row, Random random)
    {
        string[] names = ["id", .. Enumerable.Range(0, Attributes).Select(i => "a" + i), "unmapped"];
        random.Shuffle(names);
        return new SourceRow(new RowColumns(names), [.. names.Select(name => Reordered(row.Get(name)))]);
    }

    private static Value Reordered(Value value) => value.Kind switch
    {
        ValueKind.Map => ValueMap.Create(value.AsMap().Reverse().Select(pair => KeyValuePair.Create(pair.Key, Reordered(pair.Value)))),
        ValueKind.List => ValueList.Create(value.AsList().Select(Reordered)),
        _ => value,
    };

    private static void Apply(Change change, Dictionary<string, Entry> entries)
    {
        switch (change)
        {
            case AddedChange added: entries.Add(added.Key, added.Attributes); break;
            case ModifiedChange modified: entries[modified.Key] = modified.Changes.ApplyTo(entries[modified.Key]); break;
            case RemovedChange removed: entries.Remove(removed.Key).Should().BeTrue(); break;
            default: throw new InvalidOperationException(change.ToString());
        }
    }

    private static List<Entry> RandomRows(RandomValues random) =>
        [.. Enumerable.Range(0, 12).Where(_ => random.Random.Next(3) > 0).Select(id => random.Entry(Attributes).With("id", id))];

    private static ServerModelOptions Model(bool collected)
    {
        var type = Types.Type("Users", ["id"], Types.Source("hr", ["id", .. Enumerable.Range(0, Attributes).Select(i => "a" + i)]));
        if (collected)
            type.Sources.Add(Types.Source("other", "id"));
        return Types.Model(type);
    }
}
