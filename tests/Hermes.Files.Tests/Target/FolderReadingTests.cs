using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Files.Target;
using Hermes.Testing.Contracts.Sources;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;

namespace Hermes.Files.Tests.Target;

public sealed class FolderReadingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_that_the_target_cannot_have_written_are_not_told()
    {
        var target = await StartAsync();
        foreach (var name in new[] { "mine.txt", "Capital.json", "a b.json", "é.json", ".hidden.json", "%2f.json", "a%2.json", "json", new string('a', 201) + ".json" })
            _folder.Write($"People/{name}", "no JSON");
        _folder.Write("People/%2Fa+-7~0.json", "{}");

        (await AllAsync(target)).Select(one => one.Link).Should().Equal("People/%2Fa+-7~0.json");
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"code\": \"x-y-z\"")]
    [InlineData("")]
    [InlineData("{\"age\": 1e999, \"code\": \"x-y-z\"}")]
    public async Task A_file_that_cannot_be_understood_is_an_error_that_names_it_and_shows_nothing_of_it(string text)
    {
        var target = await StartAsync();
        _folder.Write("People/ada.json", "{}");
        _folder.Write("People/bob.json", text);

        var read = async () => await AllAsync(target);
        var find = async () => await target.FindAsync("People", "People/bob.json", default);

        var failure = (await read.Should().ThrowAsync<TargetException>()).WithMessage("*bob.json*").Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.ToString().Should().NotContain("x-y-z");
        await find.Should().ThrowAsync<TargetException>();
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_an_error_and_not_an_empty_one()
    {
        var target = await StartAsync();
        Directory.Delete(_folder["People"], recursive: true);

        var read = async () => await AllAsync(target);

        (await read.Should().ThrowAsync<TargetException>()).WithMessage("*People*").Which.Fault.Should().Be(FaultKind.Permanent);
    }

    [Fact]
    public async Task A_trashed_file_has_the_link_that_it_had_unless_its_name_is_in_use_again()
    {
        var target = await StartAsync();
        var ada = ContractTypes.Person("ada", "Ada");
        await target.ApplyAsync(ContractTypes.Added(ada), new TestTargetContext(), default);
        await target.ApplyAsync(ContractTypes.Trashed(ada), new TestTargetContext(), default);

        var trashed = (await AllAsync(target)).Single();
        (trashed.Link, trashed.Name, trashed.IsTrashed).Should().Be(("People/ada.json", "People/trash/ada.json", true));

        _folder.Write("People/ada.json", """{ "name": "Another" }""");
        (await AllAsync(target)).Select(one => (one.Link, one.IsTrashed)).Should().Equal(("People/ada.json", false), ("People/trash/ada.json", true));
        (await target.FindAsync("People", "People/ada.json", default))!.Content["name"].Should().Be((Value)"Another");
        (await target.FindAsync("People", "People/trash/ada.json", default))!.Content["name"].Should().Be((Value)"Ada");
    }

    [Theory]
    [InlineData("People/../secret.json")]
    [InlineData("People/trash/../../secret.json")]
    [InlineData("Members/a.json")]
    [InlineData("secret.json")]
    [InlineData("People/")]
    [InlineData("")]
    public async Task A_link_that_leads_elsewhere_finds_nothing(string link)
    {
        var target = await StartAsync();
        _folder.Write("secret.json", "{}");
        _folder.Write("Members/a.json", "{}");

        (await target.FindAsync("People", link, default)).Should().BeNull();
    }

    [Fact]
    public async Task What_is_not_the_types_is_told_only_if_it_is_asked_for()
    {
        var target = await StartAsync();
        _folder.Write("People/ada.json", """{ "id": "ada", "mine": { "a": [1, 2.50] }, "note": null, "jobs": [] }""");

        (await AllAsync(target)).Single().Content.Should().Equal(Entry.Of(("id", "ada")));
        (await AllAsync(target, "mine", "others")).Single().Others
            .Should().Equal(Entry.Of(("mine", ValueMap.Create([new("a", ValueList.Create([1, 2.5]))]))));
    }

    [Fact]
    public async Task Values_of_all_kinds_are_the_same_after_they_were_written_and_no_others()
    {
        var target = await StartAsync();
        foreach (var values in ContractValues.Samples.Values)
        {
            foreach (var value in values)
            {
                await target.ApplyAsync(ContractTypes.Added(ContractTypes.Person("ada", "Ada", ("note", value))), new TestTargetContext(), default);
                var held = (await AllAsync(target)).Single().Content.Get("note");
                target.IsSame("People", "note", value, held).Should().BeTrue($"{value.Kind} {value} was written");
                foreach (var other in values.Where(other => other != value))
                    target.IsSame("People", "note", other, held).Should().BeFalse($"{value.Kind} {value} was written, not {other}");
            }
        }
    }

    private async Task<FolderTarget> StartAsync()
    {
        var target = new FolderTarget(new FolderTargetOptions { Folder = _folder.Root });
        await target.StartAsync(ContractTypes.All, default);
        return target;
    }

    private static async Task<List<TargetObject>> AllAsync(FolderTarget target, params string[] also)
    {
        var all = new List<TargetObject>();
        await foreach (var one in target.ReadAsync("People", also, default))
            all.Add(one);
        return all;
    }
}
