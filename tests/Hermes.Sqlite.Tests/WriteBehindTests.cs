using Hermes.Abstractions;

namespace Hermes.Sqlite.Tests;

public sealed class WriteBehindTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(500)]
    [InlineData(12_345)]
    public void All_writes_are_made_in_their_order(int count)
    {
        var made = new List<int>();
        using var writes = new WriteBehind<int>(made.Add);
        for (var i = 0; i < count; i++)
            writes.Add(i);
        writes.Finish();

        made.Should().Equal(Enumerable.Range(0, count));
    }

    [Fact]
    public void Few_writes_are_made_by_the_one_who_looks_at_them()
    {
        var threads = new HashSet<int>();
        using var writes = new WriteBehind<int>(_ => threads.Add(Environment.CurrentManagedThreadId));
        for (var i = 0; i < 100; i++)
        {
            writes.Add(i);
            writes.Finish();
        }

        threads.Should().Equal(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void The_writer_goes_on_while_many_writes_are_made()
    {
        using var first = new ManualResetEventSlim();
        using var writes = new WriteBehind<int>(_ => first.Wait());
        for (var i = 0; i < 900; i++)
            writes.Add(i);
        first.Set();
        writes.Finish();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2000)]
    public void A_failure_is_told_until_it_is_forgotten_and_no_later_write_is_made(int count)
    {
        var made = new List<int>();
        using var writes = new WriteBehind<int>(item =>
        {
            if (item == 1)
                throw new SqliteFileException("the disk is full", FaultKind.Transient, new IOException());
            made.Add(item);
        });
        var add = () =>
        {
            for (var i = 0; i < count; i++)
                writes.Add(i);
            writes.Finish();
        };

        add.Should().Throw<SqliteFileException>();
        writes.Invoking(failed => failed.Finish()).Should().Throw<SqliteFileException>();
        made.Should().Equal(0);

        writes.Forget();
        writes.Add(7);
        writes.Finish();
        made.Should().Equal(0, 7);
    }
}
