using System.Text;
using Hermes.TestSupport;

namespace Hermes.Tool.Tests.Mistakes;

/// <summary>
/// Each typical mistake is written down with what <c>hermes check</c> says about it: the lines that differ from a right configuration, and then the answer.
/// </summary>
public sealed class MistakeTests : IDisposable
{
    private const string Folder = "tests/Hermes.Tool.Tests/Mistakes";

    private readonly SettingsFolder _folder = new();

    public static TheoryData<string> Names => [.. TypicalMistakes.All.Select(mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_mistake_is_told_as_it_is_written_down(string name)
    {
        var text = TypicalMistakes.All.Single(mistake => mistake.Name == name).Text();
        _folder.Environment["SHORT_KEY"] = "short";
        _folder.Environment["LONG_KEY"] = "0123456789abcdef0123456789abcdef";

        var findings = await _folder.With("hermes.yml", text).CheckAsync("hermes.yml");

        findings.Should().NotBeEmpty();
        findings.Should().AllSatisfy(finding => finding.Should().MatchRegex(@"^hermes\.yml:[1-9]\d*:[1-9]\d*: "));
        Written.ShouldBe($"{Folder}/{name.Replace(' ', '-')}.verified.txt", Lines(text) + "\n" + string.Join("\n", findings) + "\n");
    }

    [Fact]
    public async Task A_configuration_without_a_mistake_is_accepted() =>
        (await _folder.With("hermes.yml", Mistake.Campus).CheckAsync("hermes.yml")).Should().BeEmpty();

    [Fact]
    public void Nothing_is_written_down_for_a_mistake_that_is_gone()
    {
        var written = RepositoryFiles.List(Folder, "*.verified.txt").Select(file => Path.GetFileName(file).Replace(".verified.txt", "", StringComparison.Ordinal));

        written.Should().BeEquivalentTo(TypicalMistakes.All.Select(mistake => mistake.Name.Replace(' ', '-')));
    }

    public void Dispose() => _folder.Dispose();

    // The lines that are not those of the right configuration, with their numbers; around what was left out, one before and after.
    private static string Lines(string text)
    {
        var (right, wrong) = (Mistake.Campus.Split('\n'), text.Split('\n'));
        var first = Enumerable.Range(0, wrong.Length).FirstOrDefault(line => line >= right.Length || wrong[line] != right[line]);
        var same = Enumerable.Range(1, Math.Min(wrong.Length, right.Length) - first).TakeWhile(back => wrong[^back] == right[^back]).Count();
        var shown = new StringBuilder();
        for (var line = Math.Max(0, first - 1); line < Math.Min(wrong.Length, wrong.Length - same + 1); line++)
            shown.Append($"{line + 1,3} | {wrong[line].Replace("\t", "<tab>", StringComparison.Ordinal)}".TrimEnd()).Append('\n');
        return shown.ToString();
    }
}
