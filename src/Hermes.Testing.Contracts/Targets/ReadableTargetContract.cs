using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Testing.Targets;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Testing.Contracts.Targets;

/// <summary>What every target does that can be read back (<see cref="IReadableTarget"/>).</summary>
public abstract class ReadableTargetContract
{
    private static readonly Entry Ada = Person(
        "ada", "Ada", ("mail", "ada@campus.example"), ("age", 36), ("jobs", ValueList.Create(["writer; editor", "teacher"])), ("note", "a, b"));

    private static readonly Entry Bob = Person("bob", "Bob");

    /// <summary>Makes an empty target that was started with the types of <see cref="ContractTypes"/>.</summary>
    protected abstract Task<IReadableTestTarget> CreateReadableAsync();

    [ContractFact]
    public async Task What_was_added_is_told_with_its_link_and_its_values()
    {
        await using var test = await CreateReadableAsync();
        var links = await ApplyAsync(test, Added(Ada), Added(Bob));

        var told = await ReadAsync(test);

        told.Keys.Should().BeEquivalentTo(links);
        ExpectHeld(test, told[links[0]], Ada);
        ExpectHeld(test, told[links[1]], Bob);
        told.Values.Should().AllSatisfy(one => one.Name.Should().NotBeEmpty());
    }

    [ContractFact]
    public async Task Values_of_any_characters_are_what_the_target_was_given()
    {
        await using var test = await CreateReadableAsync();
        Entry[] people = [.. Sources.ContractValues.Texts.Select((text, i) => Person($"p{i}", "name", ("note", text), ("age", (i * 1000) - 7)))];
        var links = await ApplyAsync(test, [.. people.Select(Added)]);

        var told = await ReadAsync(test);

        foreach (var (link, person) in links.Zip(people))
            ExpectHeld(test, told[link], person);
    }

    [ContractFact]
    public async Task Keys_of_any_characters_have_links_of_their_own_by_which_they_are_found()
    {
        await using var test = await CreateReadableAsync();
        string[] keys =
        [
            "Zoë", "zoë", "中村", "a/b", "a\\b", "..", "../a", "a b", "a+b", "a%2Fb", "a%2fb", "quote'", "x'; DROP TABLE people; --", "CON", "42", "007", "a:b", "uid=a,dc=b",
        ];
        Entry[] people = [.. test.Distinguishable(keys).Select((id, i) => Person(id, $"Person {i}"))];
        var links = await ApplyAsync(test, [.. people.Select(Added)]);

        (await ReadAsync(test)).Keys.Should().BeEquivalentTo(links).And.OnlyHaveUniqueItems();

        foreach (var (link, person) in links.Zip(people))
            ExpectHeld(test, await test.Readable.FindAsync(People, link, default), person);
    }

    [ContractFact]
    public async Task A_modified_one_is_told_as_it_is_now()
    {
        await using var test = await CreateReadableAsync();
        var after = Person("ada", "Ada L.", ("age", 37), ("mail", "ada@campus.example"), ("jobs", ValueList.Create(["teacher"])));
        var links = await ApplyAsync(test, Added(Ada), Modified(Ada, after));

        var told = await ReadAsync(test);

        told.Keys.Should().Equal(links[0]);
        ExpectHeld(test, told[links[0]], after);
        foreach (var attribute in new[] { "name", "age", "jobs", "note" })
            test.Readable.IsSame(People, attribute, Ada[attribute], told[links[0]].Content.Get(attribute)).Should().BeFalse($"'{attribute}' was changed");
    }

    [ContractFact]
    public async Task A_value_that_differs_or_is_not_set_is_not_the_same()
    {
        await using var test = await CreateReadableAsync();
        var links = await ApplyAsync(test, Added(Ada), Added(Bob));
        var told = await ReadAsync(test);
        var (ada, bob) = (told[links[0]].Content, told[links[1]].Content);

        (string Attribute, Value Other)[] others =
        [
            ("name", "Adam"), ("mail", "eva@campus.example"), ("age", 63), ("age", -36), ("note", "a,b,c"),
            ("jobs", ValueList.Create(["teacher"])), ("jobs", ValueList.Create(["teacher", "writer; editor", "poet"])), ("jobs", "teacher"),
        ];
        foreach (var (attribute, other) in others)
            test.Readable.IsSame(People, attribute, other, ada[attribute]).Should().BeFalse($"'{attribute}' is not {other}");
        foreach (var attribute in new[] { "mail", "age", "jobs", "note" })
        {
            test.Readable.IsSame(People, attribute, Value.Null, ada[attribute]).Should().BeFalse($"'{attribute}' is set");
            test.Readable.IsSame(People, attribute, Ada[attribute], bob.Get(attribute)).Should().BeFalse($"'{attribute}' is not set");
            test.Readable.IsSame(People, attribute, Value.Null, bob.Get(attribute)).Should().BeTrue($"'{attribute}' is not set");
        }
    }

    [ContractFact]
    public async Task A_removed_one_is_neither_told_nor_found()
    {
        await using var test = await CreateReadableAsync();
        var links = await ApplyAsync(test, Added(Ada), Added(Bob));
        (await test.Readable.FindAsync(People, links[0], default)).Should().NotBeNull();

        await ApplyAsync(test, links[0], Removed(Ada));

        (await ReadAsync(test)).Keys.Should().Equal(links[1]);
        (await test.Readable.FindAsync(People, links[0], default)).Should().BeNull();
        ExpectHeld(test, await test.Readable.FindAsync(People, links[1], default), Bob);
    }

    [ContractFact]
    public async Task A_trashed_one_is_told_as_such_or_gone_and_live_when_it_comes_back()
    {
        await using var test = await CreateReadableAsync();
        var links = await ApplyAsync(test, Added(Ada), Added(Bob));

        await ApplyAsync(test, links[0], Trashed(Ada));

        var told = await ReadAsync(test);
        told[links[1]].IsTrashed.Should().BeFalse();
        told.Should().HaveCount(test.KeepsTrashed ? 2 : 1);
        var found = await test.Readable.FindAsync(People, links[0], default);
        if (test.KeepsTrashed)
        {
            told[links[0]].IsTrashed.Should().Be(test.MarksTrashed);
            found!.IsTrashed.Should().Be(test.MarksTrashed);
            ExpectHeld(test, told[links[0]], Ada);
        }
        else
        {
            found.Should().BeNull();
        }

        var link = await ApplyAsync(test, links[0], Recycled(Ada));
        var back = (await ReadAsync(test))[link];
        back.IsTrashed.Should().BeFalse();
        ExpectHeld(test, back, Ada);
    }

    [ContractFact]
    public async Task One_that_was_made_by_hand_is_told_and_found_too()
    {
        await using var test = await CreateReadableAsync();
        var links = await ApplyAsync(test, Added(Ada));

        var made = await test.MakeByHandAsync(People);

        (await ReadAsync(test)).Keys.Should().BeEquivalentTo(links.Append(made));
        (await test.Readable.FindAsync(People, made, default))!.Link.Should().Be(made);
    }

    [ContractFact]
    public async Task Types_are_apart()
    {
        await using var test = await CreateReadableAsync();
        var people = await ApplyAsync(test, Added(Ada));
        var (key, member) = Member("staff", "ada", "chair");
        var (other, another) = Member("staff", "bob");
        var members = await ApplyAsync(test, new EntryAdded(Members, key, member), new EntryAdded(Members, other, another));

        (await ReadAsync(test)).Keys.Should().Equal(people);
        var told = await ReadAsync(test, Members);

        told.Keys.Should().BeEquivalentTo(members).And.NotContain(people);
        foreach (var (attribute, value) in member)
            test.Readable.IsSame(Members, attribute, value, told[members[0]].Content.Get(attribute)).Should().BeTrue($"'{attribute}' is {value}");
        test.Readable.IsSame(Members, "role", "chair", told[members[1]].Content.Get("role")).Should().BeFalse();
    }

    [ContractFact]
    public async Task No_secret_is_told_not_even_to_who_asks_for_it()
    {
        await using var test = await CreateReadableAsync();
        var links = await ApplyAsync(test, Added(Ada.With("code", SecretText)));
        (await test.HoldsSecretAsync(KeyOf(Ada), SecretText)).Should().BeTrue();

        var told = (await ReadAsync(test))[links[0]];
        var found = await test.Readable.FindAsync(People, links[0], default);

        foreach (var one in new[] { told, found! })
        {
            one.Content.Keys.Should().NotContain("code");
            one.Content.Values.Concat(one.Others.Values).Append(one.Name).Append(one.Link)
                .Should().NotContain(value => value.ToString().Contains(SecretText, StringComparison.Ordinal));
        }

        var ask = async () => await ReadAsync(test, People, test.NameOf(People, "code"));
        await ask.Should().ThrowAsync<TargetException>();
    }

    [ContractFact]
    public async Task Further_attributes_are_told_by_the_names_of_the_target_and_left_out_where_they_are_not_set()
    {
        await using var test = await CreateReadableAsync();
        var links = await ApplyAsync(test, Added(Ada), Added(Bob));
        var (mail, name) = (test.NameOf(People, "mail"), test.NameOf(People, "name"));

        var told = await ReadAsync(test, People, mail, name);

        told[links[0]].Others.Keys.Should().BeEquivalentTo([mail, name]);
        told[links[0]].Others[mail].Should().Be((Value)"ada@campus.example");
        told[links[1]].Others.Should().Equal(Entry.Of((name, "Bob")));
        ExpectHeld(test, told[links[0]], Ada);
        (await ReadAsync(test))[links[0]].Others.Should().BeEmpty();
    }

    [ContractFact]
    public async Task A_reading_that_is_cancelled_ends()
    {
        await using var test = await CreateReadableAsync();
        await ApplyAsync(test, [.. Enumerable.Range(0, 20).Select(i => Added(Person($"p{i}", "name")))]);
        using var stop = new CancellationTokenSource();
        var told = 0;

        var read = async () =>
        {
            await foreach (var one in test.Readable.ReadAsync(People, [], stop.Token))
            {
                told++;
                await stop.CancelAsync();
            }
        };

        await read.Should().ThrowAsync<OperationCanceledException>();
        told.Should().Be(1);
        (await ReadAsync(test)).Should().HaveCount(20, "the next reading tells all");
    }

    [ContractFact]
    public async Task A_type_that_the_target_does_not_have_is_an_error()
    {
        await using var test = await CreateReadableAsync();

        test.Readable.CanRead(People).Should().BeTrue();
        test.Readable.CanRead("Nobody").Should().BeFalse();
        var read = async () => await ReadAsync(test, "Nobody");
        await read.Should().ThrowAsync<TargetException>();
        var find = async () => await test.Readable.FindAsync("Nobody", "any", default);
        await find.Should().ThrowAsync<TargetException>();
    }

    private static async Task<string[]> ApplyAsync(IReadableTestTarget test, params TargetChange[] changes)
    {
        var links = new Dictionary<EntryId, string>();
        foreach (var change in changes)
        {
            var id = new EntryId(change.Type, change.Key);
            links[id] = await ApplyAsync(test, links.GetValueOrDefault(id), change);
        }

        return [.. links.Values];
    }

    // The link of the entry's object: the one that the target set, or the one that follows from the key.
    private static async Task<string> ApplyAsync(IReadableTestTarget test, string? link, TargetChange change)
    {
        var known = test.Readable.LinkOf(change.Type, change.Key);
        var context = new TestTargetContext();
        if (link is not null && known is null)
            context.Linked(link);
        await test.Target.ApplyAsync(change, context, default);
        return context.Link ?? known ?? throw new InvalidOperationException("The target neither sets a link nor has one that follows from the key.");
    }

    private static async Task<Dictionary<string, TargetObject>> ReadAsync(IReadableTestTarget test, string type = People, params string[] also)
    {
        var told = new Dictionary<string, TargetObject>();
        await foreach (var one in test.Readable.ReadAsync(type, also, default))
            told.Add(one.Link, one);
        return told;
    }

    private static void ExpectHeld(IReadableTestTarget test, TargetObject? held, Entry given)
    {
        held.Should().NotBeNull();
        foreach (var attribute in new[] { "id", "name", "mail", "age", "jobs", "note" })
        {
            var (wanted, there) = (given.Get(attribute), held!.Content.Get(attribute));
            test.Readable.IsSame(People, attribute, wanted, there).Should().BeTrue($"'{attribute}' is {wanted}, held as {there}");
            there.IsSet.Should().Be(wanted.IsSet, $"'{attribute}' is {wanted}");
        }
    }
}
