using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Contracts.Sources;

/// <summary>What a data source does that takes queries with variables and can be written to.</summary>
public abstract class QueryableSourceContract : SourceContract
{
    /// <summary>Makes a source with data of its own.</summary>
    protected abstract Task<IQueryableTestSource> CreateQueryableAsync();

    /// <inheritdoc/>
    protected sealed override async Task<ITestSource> CreateSourceAsync() => await CreateQueryableAsync();

    [ContractFact]
    public async Task A_variable_is_a_value_and_never_a_part_of_the_query()
    {
        await using var test = await CreateQueryableAsync();
        var names = ContractValues.Injections;
        var table = new ContractTable(ContractTable.People(0).Columns, [.. names.Select((name, i) => new Value[] { i, name, "note" })]);
        var all = await test.StoreAsync(table);

        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            var rows = await test.Source.ReadAllAsync(test.FetchWhere("label", name));
            rows.Should().ContainSingle($"the name is {name}").Which["id"].Should().Be(Value.From(i));
        }

        (await test.Source.ReadAllAsync(all)).Should().HaveCount(names.Count);
    }

    [ContractFact]
    public async Task Variables_of_each_kind_of_scalar_can_be_bound()
    {
        await using var test = await CreateQueryableAsync();
        foreach (var kind in test.Kinds.Where(kind => kind is not (ValueKind.List or ValueKind.Map or ValueKind.Bytes or ValueKind.Double)))
        {
            var samples = ContractValues.Samples[kind];
            await test.StoreAsync(new ContractTable([new("id", ValueKind.Integer), new("v", kind)], [.. samples.Select((sample, i) => new[] { i, sample })]));

            foreach (var (sample, i) in samples.Select((sample, i) => (sample, i)))
            {
                (await test.Source.ReadAllAsync(test.FetchWhere("v", sample)))
                    .Should().ContainSingle($"one row has the {kind} {sample}").Which["id"].Should().Be(Value.From(i));
            }
        }
    }

    [ContractFact]
    public async Task A_query_that_cannot_work_is_a_permanent_fault_and_shows_no_secret()
    {
        await using var test = await CreateQueryableAsync();

        var read = () => test.Source.ReadAllAsync(test.FetchUnknown());

        var failure = (await read.Should().ThrowAsync<SourceException>()).Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Everything().Should().NotContainAny(Secrets(test));
    }

    [ContractFact]
    public async Task What_is_added_modified_and_deleted_is_seen_by_the_next_read()
    {
        await using var test = await CreateQueryableAsync();
        var operation = await test.StoreAsync(ContractTable.People(2));
        var note = "it's \"noted\"; --";

        await test.Writable.ExecuteAsync(test.Add(3, "Zoë", "new"), default);
        await test.Writable.ExecuteAsync(test.Modify(1, note), default);
        await test.Writable.ExecuteAsync(test.Delete(2), default);

        (await test.Source.ReadAllAsync(operation)).OrderBy(row => row["id"].AsInteger()).Select(row => (row["id"], row["label"], row["note"]))
            .Should().Equal((1, "Person 1", note), (3, "Zoë", "new"));
    }

    [ContractFact]
    public async Task A_write_that_violates_a_constraint_is_a_permanent_fault_that_shows_no_value()
    {
        await using var test = await CreateQueryableAsync();
        var operation = await test.StoreAsync(ContractTable.People(2));

        var write = () => test.Writable.ExecuteAsync(test.Add(2, "a-secret-name", "a-secret-note"), default);

        var failure = (await write.Should().ThrowAsync<SourceException>()).Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Everything().Should().NotContainAny(Secrets(test).Append("a-secret-name").Append("a-secret-note"));
        (await test.Source.ReadAllAsync(operation)).Should().HaveCount(2);
    }

    [ContractFact]
    public async Task A_null_is_written_as_not_set()
    {
        await using var test = await CreateQueryableAsync();
        var operation = await test.StoreAsync(ContractTable.People(1));

        await test.Writable.ExecuteAsync(test.Modify(1, Value.Null), default);

        (await test.Source.ReadAllAsync(operation)).Should().ContainSingle().Which["note"].Should().Be(Value.Null);
    }
}
