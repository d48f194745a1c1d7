using Hermes.Abstractions;
using Hermes.Abstractions.Targets;
using Hermes.Testing.Contracts;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Sql.Tests.Target;

/// <summary>What a table target does on every database, beside what every target does.</summary>
public abstract class TableTargetContract : FaultyTargetContract
{
    [ContractFact]
    public async Task A_violated_constraint_is_told_with_table_type_and_key_and_nothing_of_the_row_is_written()
    {
        await using var test = await CreateFaultyAsync();
        var refused = await test.PrepareRefusedAsync();
        var before = await test.ReadAsync(People);

        var apply = async () => await test.Target.ApplyAsync(refused, new TestTargetContext(), default);

        var failure = (await apply.Should().ThrowAsync<TargetException>()).Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Match(
            "Table target of 'contract', table 'people', Added of People[second]: A constraint of the database was violated*The database says: *");
        failure.ToString().Should().NotContainAny(test.Secrets.Append(SecretText));
        (await test.ReadAsync(People)).Should().BeEquivalentTo(before);
    }
}
