using Hermes.ServerRuntime.Staging;

namespace Hermes.ServerRuntime.Tests.Staging;

public sealed class PollSpoolTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    [InlineData(int.MaxValue)]
    public void Events_come_back_by_place_and_as_they_came_wherever_they_lie(int maxMemory)
    {
        var random = new Random(20261128);
        var expected = Enumerable.Range(0, 3).Select(_ => new List<SpooledItem>()).ToList();
        using var spool = new PollSpool(maxMemory);
        for (var id = 1; id <= 3_000; id++)
        {
            var body = new byte[random.Next(400)];
            random.NextBytes(body);
            var item = new SpooledItem(id, body, random.Next(3) == 0 ? body[..(body.Length / 2)] : null);
            var place = random.Next(3);
            spool.Add(place, item);
            expected[place].Add(item);
        }

        spool.Places.Should().Equal(0, 1, 2);
        foreach (var place in spool.Places)
            spool.Read(place).Should().BeEquivalentTo(expected[place], options => options.WithStrictOrdering());
        spool.IsInFile.Should().Be(maxMemory < int.MaxValue);
    }

    [Fact]
    public void An_event_that_is_larger_than_a_chunk_is_kept()
    {
        var big = new byte[1_000_000];
        using var spool = new PollSpool(maxMemory: 0);
        spool.Add(0, new SpooledItem(1, [1], null));
        spool.Add(0, new SpooledItem(2, big, big));
        spool.Add(0, new SpooledItem(3, [3], []));

        spool.Read(0).Select(item => (item.Id, item.Body.Length, item.WriteBack?.Length)).Should().Equal((1, 1, null), (2, 1_000_000, 1_000_000), (3, 1, 0));
    }

    [Fact]
    public void An_event_that_was_taken_back_is_left_out_of_its_place_only()
    {
        using var spool = new PollSpool();
        spool.Add(1, new SpooledItem(7, [1], null));
        spool.Add(1, new SpooledItem(8, [2], null));
        spool.Add(4, new SpooledItem(7, [3], null));

        spool.Withdraw(1, 7);
        spool.Withdraw(2, 7);

        spool.Read(1).Select(item => item.Id).Should().Equal(8);
        spool.Read(4).Select(item => item.Id).Should().Equal(7);
    }

    [Fact]
    public void The_file_has_no_name_that_others_could_open()
    {
        if (OperatingSystem.IsWindows())
            return;
        var before = Directory.GetFiles(Path.GetTempPath(), "hermes-*.spool");
        using var spool = new PollSpool(maxMemory: 0);
        for (var id = 0; id < 1_000; id++)
            spool.Add(0, new SpooledItem(id, new byte[200], null));

        spool.IsInFile.Should().BeTrue();
        spool.Read(0).Should().HaveCount(1_000);
        Directory.GetFiles(Path.GetTempPath(), "hermes-*.spool").Except(before).Should().BeEmpty();
    }
}
