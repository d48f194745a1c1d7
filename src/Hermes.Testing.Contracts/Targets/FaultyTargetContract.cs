using Hermes.Abstractions;
using Hermes.Abstractions.Targets;
using Hermes.Testing.Targets;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Testing.Contracts.Targets;

/// <summary>What a target does whose server may refuse a change or be out of reach.</summary>
public abstract class FaultyTargetContract : TargetContract
{
    /// <summary>Makes an empty target that was started with the types of <see cref="ContractTypes"/>.</summary>
    protected abstract Task<IFaultyTestTarget> CreateFaultyAsync();

    /// <inheritdoc/>
    protected sealed override async Task<ITestTarget> CreateTargetAsync() => await CreateFaultyAsync();

    [ContractFact]
    public async Task A_server_that_cannot_be_reached_is_a_transient_fault()
    {
        await using var test = await CreateFaultyAsync();
        var person = Person("ada", "Ada", ("code", SecretText));

        var apply = async () => await test.Unreachable().ApplyAsync(Added(person), new TestTargetContext(), default);

        var failure = (await apply.Should().ThrowAsync<TargetException>()).Which;
        failure.Fault.Should().Be(FaultKind.Transient);
        failure.ToString().Should().NotContainAny(test.Secrets.Append(SecretText));
    }

    [ContractFact]
    public async Task A_change_that_the_target_refuses_is_a_permanent_fault_that_shows_no_secret()
    {
        await using var test = await CreateFaultyAsync();
        var refused = await test.PrepareRefusedAsync();

        var apply = async () => await test.Target.ApplyAsync(refused, new TestTargetContext(), default);

        var failure = (await apply.Should().ThrowAsync<TargetException>()).Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.ToString().Should().NotContainAny(test.Secrets.Append(SecretText));
    }

    [ContractFact]
    public async Task A_failed_change_does_not_keep_the_next_one_from_being_applied()
    {
        await using var test = await CreateFaultyAsync();
        var refused = await test.PrepareRefusedAsync();
        var apply = async () => await test.Target.ApplyAsync(refused, new TestTargetContext(), default);
        await apply.Should().ThrowAsync<TargetException>();

        await test.Target.ApplyAsync(Added(Person("eve", "Eve")), new TestTargetContext(), default);

        (await test.ReadAsync(People)).Should().ContainKey(KeyOf(Person("eve", "Eve")));
    }
}
