using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Testing.Targets;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Testing.Contracts.Targets;

/// <summary>What every target that mirrors entries does.</summary>
public abstract class TargetContract
{
    private static readonly Entry Ada = Person("ada", "Ada", ("mail", "ada@campus.example"), ("age", 36), ("jobs", ValueList.Create(["teacher", "writer; editor"])));
    private static readonly Entry Bob = Person("bob", "Bob");

    /// <summary>Makes an empty target that was started with the types of <see cref="ContractTypes"/>.</summary>
    protected abstract Task<ITestTarget> CreateTargetAsync();

    [ContractFact]
    public async Task An_added_entry_is_there_with_its_attributes()
    {
        await using var test = await CreateTargetAsync();

        await ApplyAsync(test, Added(Ada), Added(Bob));

        await ExpectAsync(test, Ada, Bob);
    }

    [ContractFact]
    public async Task A_modified_entry_gains_changes_and_loses_attributes()
    {
        await using var test = await CreateTargetAsync();
        var after = Person("ada", "Ada L.", ("age", 37), ("note", "married"), ("jobs", ValueList.Create(["writer"])));

        await ApplyAsync(test, Added(Ada), Added(Bob), Modified(Ada, after));

        await ExpectAsync(test, after, Bob);
    }

    [ContractFact]
    public async Task A_removed_entry_is_gone_and_the_others_stay()
    {
        await using var test = await CreateTargetAsync();

        await ApplyAsync(test, Added(Ada), Added(Bob), Removed(Ada));

        await ExpectAsync(test, Bob);
    }

    [ContractFact]
    public async Task A_trashed_entry_is_no_longer_live_and_comes_back_as_it_was()
    {
        await using var test = await CreateTargetAsync();
        await ApplyAsync(test, Added(Ada), Added(Bob), Trashed(Ada));
        await ExpectAsync(test, Bob);

        await ApplyAsync(test, Recycled(Ada));
        await ExpectAsync(test, Ada, Bob);

        var after = Person("ada", "Ada again");
        await ApplyAsync(test, Modified(Ada, after));
        await ExpectAsync(test, after, Bob);
    }

    [ContractFact]
    public async Task A_trashed_entry_may_be_removed_and_added_anew()
    {
        await using var test = await CreateTargetAsync();
        await ApplyAsync(test, Added(Ada), Trashed(Ada), Removed(Ada));
        await ExpectAsync(test);

        var anew = Person("ada", "Another Ada");
        await ApplyAsync(test, Added(anew));
        await ExpectAsync(test, anew);
    }

    [ContractFact]
    public async Task Each_change_may_be_delivered_twice()
    {
        await using var test = await CreateTargetAsync();
        var after = Person("ada", "Ada L.", ("note", "married"));
        TargetChange[] changes = [Added(Ada), Modified(Ada, after), Trashed(after), Recycled(after), Removed(after)];
        var once = new List<IReadOnlyDictionary<EntryKey, Entry>>();

        foreach (var change in changes)
        {
            await ApplyAsync(test, change);
            once.Add(await test.ReadAsync(People));
            await test.Target.ApplyAsync(change, new TestTargetContext().Redeliver(), default);
            (await test.ReadAsync(People)).Should().Equal(once[^1], $"{change.Kind} was delivered twice");
        }

        once.Select(state => state.Count).Should().Equal(1, 1, 0, 1, 0);
    }

    [ContractFact]
    public async Task An_added_entry_that_is_there_already_is_made_as_it_should_be()
    {
        await using var test = await CreateTargetAsync();
        await ApplyAsync(test, Added(Ada));
        var anew = Person("ada", "Ada", ("note", "without mail"));

        await test.Target.ApplyAsync(Added(anew), new TestTargetContext().Redeliver(), default);

        await ExpectAsync(test, anew);
    }

    [ContractFact]
    public async Task Removing_what_is_not_there_does_no_harm()
    {
        await using var test = await CreateTargetAsync();
        await ApplyAsync(test, Added(Bob));

        await ApplyAsync(test, Removed(Ada));

        await ExpectAsync(test, Bob);
    }

    [ContractFact]
    public async Task Keys_of_any_characters_stay_apart()
    {
        await using var test = await CreateTargetAsync();
        string[] keys =
        [
            "Zoë", "zoë", "Zoe", "中村", "👩‍🔬", "a/b", "a\\b", "..", ".", "../a", "a b", "a+b", "a%2Bb", "quote'", "quote\"", "x'; DROP TABLE people; --",
            "a`b", "CON", "con.json",
            "42", "007", "7", "-1", "a:b", "a*b", "a?b", "<a>", "a|b", "two\nlines", "tab\t", "#1", "uid=a,dc=b", new string('k', 200),
        ];
        Entry[] people = [.. test.Distinguishable(keys).Select((id, i) => Person(id, $"Person {i}"))];

        await ApplyAsync(test, [.. people.Select(Added)]);
        await ExpectAsync(test, people);

        await ApplyAsync(test, [.. people.Where((_, i) => i % 2 == 0).Select(Removed)]);
        await ExpectAsync(test, [.. people.Where((_, i) => i % 2 == 1)]);
    }

    [ContractFact]
    public async Task Texts_of_any_characters_come_through()
    {
        await using var test = await CreateTargetAsync();
        Entry[] people = [.. Sources.ContractValues.Texts.Select((text, i) => Person($"p{i}", "name", ("note", text)))];

        await ApplyAsync(test, [.. people.Select(Added)]);

        await ExpectAsync(test, people);
    }

    [ContractFact]
    public async Task Tuple_keys_stay_apart()
    {
        await using var test = await CreateTargetAsync();
        var members = new[] { Member("a", "b c"), Member("a b", "c"), Member("a", "b"), Member("a+b", "c"), Member("a", "b+c", "chair"), Member("b", "a") };
        foreach (var (key, entry) in members)
            await ApplyAsync(test, new EntryAdded(Members, key, entry));

        await ApplyAsync(test, new EntryRemoved(Members, members[0].Key, members[0].Entry), new EntryAdded(People, EntryKey.Of("a"), Person("a", "A")));

        var found = await test.ReadAsync(Members);
        found.Should().HaveCount(5);
        foreach (var (key, entry) in members.Skip(1))
            found.Should().ContainKey(key).WhoseValue.Should().Equal(test.Held(entry));
    }

    private static async Task ApplyAsync(ITestTarget test, params TargetChange[] changes)
    {
        foreach (var change in changes)
            await test.Target.ApplyAsync(change, new TestTargetContext(), default);
    }

    private static async Task ExpectAsync(ITestTarget test, params Entry[] people)
    {
        var found = await test.ReadAsync(People);
        found.Keys.Should().BeEquivalentTo(people.Select(KeyOf));
        foreach (var person in people)
            found[KeyOf(person)].Should().Equal(test.Held(person));
    }
}
