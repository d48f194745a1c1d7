using System.Text.RegularExpressions;

namespace Hermes.Architecture.Tests;

/// <summary>The tree tells where a type is: its namespace is its project and folder.</summary>
public partial class NamespaceTests
{
    private const string Registration = "Microsoft.Extensions.DependencyInjection";

    [Fact]
    public void The_namespace_of_a_file_is_its_project_and_folder()
    {
        var wrong =
            from file in Repository.CSharpFiles("src", "tests")
            let declared = Declaration().Match(Repository.Read(file)).Groups["name"].Value
            where declared.Length > 0 && declared != Registration && declared != Expected(file)
            select $"{file} declares {declared}, expected {Expected(file)}";

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void No_folder_file_or_namespace_is_called_after_nothing()
    {
        var vague = Repository.CSharpFiles("src", "tests", "samples", "benchmarks").Where(file => Vague().IsMatch(file));

        vague.Should().BeEmpty("a helper lives beside its one user, and a shared one gets a noun as its name");
    }

    private static string Expected(string file) => string.Join('.', file.Split('/')[1..^1]);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(Utils?|Utilities|Helpers?|Common|Misc)(/|\.cs$)")]
    private static partial Regex Vague();
}
