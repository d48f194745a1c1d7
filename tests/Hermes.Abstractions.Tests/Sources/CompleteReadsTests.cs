using Hermes.Abstractions.Sources;

namespace Hermes.Abstractions.Tests.Sources;

public sealed class CompleteReadsTests
{
    [Fact]
    public async Task As_many_rows_as_announced_pass()
    {
        (await Rows(3).ExpectAsync(3).CountAsync()).Should().Be(3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Fewer_or_more_rows_than_announced_are_no_complete_read(int rows)
    {
        var act = async () => await Rows(rows).ExpectAsync(3).CountAsync();

        (await act.Should().ThrowAsync<SourceException>().WithMessage($"*announced 3 rows and returned {rows}*")).Which.Fault.Should().Be(FaultKind.Transient);
    }

    [Fact]
    public void Two_columns_of_one_name_are_refused()
    {
        FluentActions.Invoking(() => new RowColumns("a", "b", "a")).Should().Throw<ArgumentException>().WithMessage("*two columns named 'a'*");
    }

    private static async IAsyncEnumerable<SourceRow> Rows(int count)
    {
        var columns = new RowColumns("id");
        for (var i = 0; i < count; i++)
        {
            await Task.CompletedTask;
            yield return new SourceRow(columns, [i]);
        }
    }
}
