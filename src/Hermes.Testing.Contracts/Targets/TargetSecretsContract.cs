using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Testing.Targets;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Testing.Contracts.Targets;

/// <summary>
/// What every target does that writes secret attributes. The client keeps no secrets: an entry has one only in the change that brings it, so what a
/// target writes must not be the whole entry. That a secret was removed is told by the changes alone.
/// </summary>
public abstract class TargetSecretsContract
{
    private const string AnotherSecret = "an0ther-Secret-Of-The-Contract";

    private static readonly Entry Ada = Person("ada", "Ada", ("mail", "ada@campus.example"));
    private static readonly Entry Married = Person("ada", "Ada L.", ("mail", "ada@campus.example"));
    private static readonly Entry WithSecret = Ada.With("code", SecretText);

    /// <summary>Makes an empty target that was started with the types of <see cref="ContractTypes"/>, and writes the secret attribute.</summary>
    protected abstract Task<ITestTarget> CreateTargetAsync();

    [ContractFact]
    public async Task A_secret_stays_when_another_attribute_changes()
    {
        await using var test = await CreateTargetAsync();

        await ApplyAsync(test, Added(WithSecret), Modified(Ada, Married));

        await ExpectAsync(test, SecretText);
        (await test.ReadAsync(People))[KeyOf(Ada)]["name"].Should().Be((Value)"Ada L.");
    }

    [ContractFact]
    public async Task A_secret_that_changes_takes_the_place_of_the_former_one()
    {
        await using var test = await CreateTargetAsync();

        await ApplyAsync(test, Added(WithSecret), Changed(new(Entry.Empty, Entry.Of(("code", AnotherSecret)), [])));

        await ExpectAsync(test, AnotherSecret, instead: SecretText);
    }

    [ContractFact]
    public async Task A_secret_that_was_removed_is_removed()
    {
        await using var test = await CreateTargetAsync();
        await ApplyAsync(test, Added(WithSecret));
        await ExpectAsync(test, SecretText);

        await ApplyAsync(test, Changed(new(Entry.Empty, Entry.Empty, ["code"])));

        (await test.HoldsSecretAsync(KeyOf(Ada), SecretText)).Should().BeFalse();
        (await test.ReadAsync(People)).Should().ContainKey(KeyOf(Ada));
    }

    [ContractFact]
    public async Task A_secret_stays_when_its_entry_is_added_again_without_it()
    {
        await using var test = await CreateTargetAsync();

        // As an initsync does, which carries no secrets.
        await ApplyAsync(test, Added(WithSecret), Added(Ada));

        await ExpectAsync(test, SecretText);
    }

    [ContractFact]
    public async Task A_secret_comes_back_from_the_trashbin_or_with_the_change_that_follows()
    {
        await using var test = await CreateTargetAsync();
        await ApplyAsync(test, Added(WithSecret), Trashed(Ada), Recycled(Ada));
        if (test.KeepsTrashed)
            await ExpectAsync(test, SecretText);

        await ApplyAsync(test, Changed(new(Entry.Of(("code", SecretText)), Entry.Empty, [])));

        await ExpectAsync(test, SecretText);
    }

    [ContractFact]
    public async Task A_change_of_a_secret_may_be_delivered_twice()
    {
        await using var test = await CreateTargetAsync();
        var change = Changed(new(Entry.Of(("code", SecretText)), Entry.Empty, []));
        await ApplyAsync(test, Added(Ada), change);

        await test.Target.ApplyAsync(change, new TestTargetContext().Redeliver(), default);

        await ExpectAsync(test, SecretText);
    }

    // As the client tells it: the entry after the change has the secret, the one before does not.
    private static EntryModified Changed(AttributeChanges changes) => new(People, KeyOf(Ada), changes.ApplyTo(Ada), Ada, changes);

    private static async Task ApplyAsync(ITestTarget test, params TargetChange[] changes)
    {
        foreach (var change in changes)
            await test.Target.ApplyAsync(change, new TestTargetContext(), default);
    }

    private static async Task ExpectAsync(ITestTarget test, string secret, string? instead = null)
    {
        (await test.HoldsSecretAsync(KeyOf(Ada), secret)).Should().BeTrue();
        if (instead is not null)
            (await test.HoldsSecretAsync(KeyOf(Ada), instead)).Should().BeFalse();
    }
}
