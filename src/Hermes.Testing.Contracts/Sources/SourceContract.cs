using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Contracts.Sources;

/// <summary>What every data source does.</summary>
public abstract class SourceContract
{
    /// <summary>Makes a source with data of its own.</summary>
    protected abstract Task<ITestSource> CreateSourceAsync();

    [ContractFact]
    public async Task All_rows_are_read_each_once()
    {
        await using var test = await CreateSourceAsync();
        var table = ContractTable.People(700);
        var operation = await test.StoreAsync(table);

        var rows = await test.Source.ReadAllAsync(operation);

        rows.OrderBy(row => row["id"].ToString(), StringComparer.Ordinal)
            .Select(row => (row["id"], row["label"], row["note"]))
            .Should().Equal(table.Rows.OrderBy(row => row[0].ToString(), StringComparer.Ordinal).Select(row => (row[0], row[1], row[2])));
    }

    [ContractFact]
    public async Task Reading_nothing_is_a_complete_read_too()
    {
        await using var test = await CreateSourceAsync();
        var operation = await test.StoreAsync(ContractTable.People(0));

        (await test.Source.ReadAllAsync(operation)).Should().BeEmpty();
    }

    [ContractFact]
    public async Task Values_of_each_kind_come_back_as_they_are()
    {
        await using var test = await CreateSourceAsync();
        test.Kinds.Should().NotBeEmpty();
        foreach (var kind in test.Kinds)
        {
            var samples = ContractValues.Samples[kind];
            var operation = await test.StoreAsync(new ContractTable(
                [new("id", ValueKind.Integer), new("v", kind)], [.. samples.Select((sample, i) => new[] { i, sample })]));

            var rows = await test.Source.ReadAllAsync(operation);

            rows.OrderBy(row => row["id"].AsInteger()).Select(row => row["v"]).Should().Equal(samples, $"these are values of kind {kind}");
        }
    }

    [ContractFact]
    public async Task A_null_is_a_column_that_is_there_and_not_set_whatever_its_kind()
    {
        await using var test = await CreateSourceAsync();
        foreach (var kind in test.Kinds)
        {
            var operation = await test.StoreAsync(new ContractTable(
                [new("id", ValueKind.Integer), new("v", kind)], [[1, ContractValues.Samples[kind][0]], [2, Value.Null]]));

            var rows = await test.Source.ReadAllAsync(operation);

            rows.Single(row => row["id"] == Value.From(2)).Should().ContainKey("v").WhoseValue.Should().Be(Value.Null, $"the column is of kind {kind}");
        }
    }

    [ContractFact]
    public async Task A_column_that_the_data_lacks_is_not_invented()
    {
        await using var test = await CreateSourceAsync();
        var operation = await test.StoreAsync(ContractTable.People(2));

        var read = () => test.Source.ReadAllAsync(operation with { Attributes = [.. operation.Attributes.Append("nosuchcolumn").Order(StringComparer.Ordinal)] });

        // The server tells what is missing by what the row has, if the source did not refuse the read already.
        try
        {
            (await read()).Should().HaveCount(2).And.AllSatisfy(row => row.Should().NotContainKey("nosuchcolumn").And.ContainKey("label"));
        }
        catch (SourceException refusal)
        {
            refusal.Message.Should().Contain("nosuchcolumn");
        }
    }

    [ContractFact]
    public async Task Rows_of_a_read_share_their_columns()
    {
        await using var test = await CreateSourceAsync();
        var operation = await test.StoreAsync(ContractTable.People(5));

        var columns = new HashSet<RowColumns>(ReferenceEqualityComparer.Instance);
        await foreach (var row in test.Source.FetchAsync(operation, default))
            columns.Add(row.Columns);

        columns.Should().ContainSingle();
    }

    [ContractFact]
    public async Task A_cancelled_read_ends_with_a_cancellation()
    {
        await using var test = await CreateSourceAsync();
        var operation = await test.StoreAsync(ContractTable.People(500));
        using var cancellation = new CancellationTokenSource();
        var seen = 0;

        var read = async () =>
        {
            await foreach (var _ in test.Source.FetchAsync(operation, cancellation.Token))
            {
                if (++seen == 100)
                    await cancellation.CancelAsync();
            }
        };

        await read.Should().ThrowAsync<OperationCanceledException>();
        seen.Should().Be(100);
    }

    [ContractFact]
    public async Task A_read_may_be_abandoned_and_the_next_one_is_complete()
    {
        await using var test = await CreateSourceAsync();
        var operation = await test.StoreAsync(ContractTable.People(2000));
        await foreach (var _ in test.Source.FetchAsync(operation, default))
            break;

        (await test.Source.ReadAllAsync(operation)).Should().HaveCount(2000);
    }

    [ContractFact]
    public async Task A_read_that_fails_in_the_middle_throws_and_does_not_end_normally()
    {
        await using var test = await CreateSourceAsync();
        var operation = await test.StoreBrokenAsync();
        var endedNormally = false;

        var read = async () =>
        {
            await foreach (var _ in test.Source.FetchAsync(operation, default))
            {
            }

            endedNormally = true;
        };

        (await read.Should().ThrowAsync<SourceException>()).Which.Everything().Should().NotContainAny(Secrets(test));
        endedNormally.Should().BeFalse();
    }

    [ContractFact]
    public async Task A_source_that_cannot_be_reached_says_so_and_shows_no_secret()
    {
        await using var test = await CreateSourceAsync();
        var operation = await test.StoreAsync(ContractTable.People(1));

        var read = () => test.Unreachable().ReadAllAsync(operation);

        (await read.Should().ThrowAsync<SourceException>()).Which.Everything().Should().NotContainAny(Secrets(test));
    }

    /// <summary>What no message may show; never empty, since an empty list of texts makes an assertion that says nothing.</summary>
    protected static IEnumerable<string> Secrets(ITestSource test) => test.Secrets.Append("Password=").Append("Pwd=");
}
