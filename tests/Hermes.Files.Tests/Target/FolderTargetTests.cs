using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Files.Target;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;

namespace Hermes.Files.Tests.Target;

public sealed class FolderTargetTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_trashed_entry_lies_in_the_folder_trash_until_it_is_removed()
    {
        var target = await StartAsync();
        var ada = ContractTypes.Person("ada", "Ada");
        await ApplyAsync(target, ContractTypes.Added(ada));
        await ApplyAsync(target, ContractTypes.Trashed(ada));

        Files("People").Should().BeEmpty();
        Files("People/trash").Should().Equal("ada.json");

        await ApplyAsync(target, ContractTypes.Removed(ada));
        Files("People/trash").Should().BeEmpty();
    }

    [Fact]
    public async Task A_trashed_entry_stays_if_the_option_says_so()
    {
        var target = await StartAsync(new FolderTargetOptions { Folder = _folder.Root, Trashed = TrashedFiles.Keep });
        var ada = ContractTypes.Person("ada", "Ada");
        await ApplyAsync(target, ContractTypes.Added(ada));

        await ApplyAsync(target, ContractTypes.Trashed(ada));

        Files("People").Should().Equal("ada.json");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Secret_attributes_are_written_only_if_the_option_says_so(bool write)
    {
        var target = await StartAsync(new FolderTargetOptions { Folder = _folder.Root, WriteSecrets = write });

        await ApplyAsync(target, ContractTypes.Added(ContractTypes.Person("ada", "Ada", ("code", ContractTypes.SecretText))));

        File.ReadAllText(_folder["People/ada.json"]).Contains(ContractTypes.SecretText, StringComparison.Ordinal).Should().Be(write);
    }

    [Fact]
    public async Task What_a_modification_is_not_about_stays_in_the_file_as_it_is()
    {
        var target = await StartAsync(new FolderTargetOptions { Folder = _folder.Root, WriteSecrets = true });
        _folder.Write("People/ada.json", """{"age": 1.50, "code": "x", "id": "ada", "mine": {"b": 1e3}, "name": "Ada"}""");

        await ApplyAsync(target, ContractTypes.Modified(ContractTypes.Person("ada", "Ada"), ContractTypes.Person("ada", "Ada L.")));

        File.ReadAllText(_folder["People/ada.json"]).ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
            .Should().Be("""{"age":1.50,"code":"x","id":"ada","mine":{"b":1e3},"name":"AdaL."}""");
    }

    [Fact]
    public async Task A_secret_leaves_the_file_when_the_option_no_longer_asks_for_it()
    {
        var target = await StartAsync();
        _folder.Write("People/ada.json", """{"code": "x", "id": "ada", "name": "Ada"}""");

        await ApplyAsync(target, ContractTypes.Modified(ContractTypes.Person("ada", "Ada"), ContractTypes.Person("ada", "Ada L.")));

        File.ReadAllText(_folder["People/ada.json"]).Should().NotContain("code");
    }

    [Fact]
    public async Task A_file_that_somebody_broke_is_told_and_nothing_of_it_is_shown()
    {
        var target = await StartAsync();
        _folder.Write("People/ada.json", "{\"code\": \"x-y-z\"");

        var apply = () => ApplyAsync(target, ContractTypes.Modified(ContractTypes.Person("ada", "Ada"), ContractTypes.Person("ada", "Ada L.")));

        var failure = (await apply.Should().ThrowAsync<TargetException>()).WithMessage("*ada.json*no JSON object*delete it*").Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.ToString().Should().NotContain("x-y-z");
    }

    [Fact]
    public async Task Files_follow_keys_that_change_also_if_one_gets_the_former_key_of_another()
    {
        var target = await StartAsync();
        await ApplyAsync(target, ContractTypes.Added(ContractTypes.Person("a", "A")));
        await ApplyAsync(target, ContractTypes.Added(ContractTypes.Person("b", "B")));
        await ApplyAsync(target, ContractTypes.Added(ContractTypes.Person("c", "C")));
        await ApplyAsync(target, ContractTypes.Trashed(ContractTypes.Person("c", "C")));
        EntryRekeyed[] entries = [new(EntryKey.Of("a"), EntryKey.Of("b")), new(EntryKey.Of("b"), EntryKey.Of("a")), new(EntryKey.Of("c"), EntryKey.Of(7))];

        // Again, as after a kill.
        for (var i = 0; i < 2; i++)
        {
            await target.RekeyedAsync(ContractTypes.All[0], entries, default);
            File.ReadAllText(_folder["People/a.json"]).Should().Contain("\"B\"");
            File.ReadAllText(_folder["People/b.json"]).Should().Contain("\"A\"");
            Files("People/trash").Should().Equal("7.json");
        }

        await target.RekeyedAsync(ContractTypes.All[0], [new(EntryKey.Of("a"), EntryKey.Of("b")), new(EntryKey.Of("b"), EntryKey.Of("a"))], default);
        File.ReadAllText(_folder["People/a.json"]).Should().Contain("\"A\"");
    }

    [Fact]
    public async Task Only_the_owner_may_read_what_is_made()
    {
        if (OperatingSystem.IsWindows())
            return;
        var target = await StartAsync(new FolderTargetOptions { Folder = _folder["new"] });

        await ApplyAsync(target, ContractTypes.Added(ContractTypes.Person("ada", "Ada")));

        File.GetUnixFileMode(_folder["new/People/ada.json"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(_folder["new/People"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task What_a_killed_process_left_unfinished_is_cleared_away()
    {
        Directory.CreateDirectory(_folder["People"]);
        _folder.Write("People/.unfinished-1234", "{ \"id\": ");
        _folder.Write("People/mine.txt", "not ours");

        await StartAsync();

        Files("People").Should().Equal("mine.txt");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_an_error_that_names_it()
    {
        _folder.Write("file", "");

        var start = () => StartAsync(new FolderTargetOptions { Folder = _folder["file/inside"] });

        (await start.Should().ThrowAsync<TargetException>()).WithMessage("*file/inside*");
    }

    [Fact]
    public async Task A_folder_that_vanished_is_a_fault_that_someone_must_mend()
    {
        var target = await StartAsync(new FolderTargetOptions { Folder = _folder["new"] });
        Directory.Delete(_folder["new"], recursive: true);

        var apply = () => ApplyAsync(target, ContractTypes.Added(ContractTypes.Person("ada", "Ada")));

        (await apply.Should().ThrowAsync<TargetException>()).Which.Fault.Should().Be(FaultKind.Permanent);
    }

    private async Task<FolderTarget> StartAsync(FolderTargetOptions? options = null)
    {
        var target = new FolderTarget(options ?? new FolderTargetOptions { Folder = _folder.Root });
        await target.StartAsync(ContractTypes.All, default);
        return target;
    }

    private static async Task ApplyAsync(FolderTarget target, TargetChange change) => await target.ApplyAsync(change, new TestTargetContext(), default);

    private string[] Files(string folder) => [.. Directory.EnumerateFiles(_folder[folder]).Select(file => Path.GetFileName(file))];
}
