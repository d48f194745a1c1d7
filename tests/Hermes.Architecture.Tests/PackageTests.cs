using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Hermes.Architecture.Tests;

/// <summary>What each shipped package brings along.</summary>
public partial class PackageTests
{
    // The name of a test is a sentence that says what its documentation would.
    private const string SuitesProject = "src/Hermes.Testing.Contracts/Hermes.Testing.Contracts.csproj";

    public static TheoryData<string> Packages => Repository.PackageNames;

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_for(string package)
    {
        var project = Repository.Package(package);

        project.Description.Should().NotBeNullOrWhiteSpace();
        File.ReadAllText(Path.Combine(project.Folder, "README.md")).Should().StartWith($"# {package}\n");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_public_type_is_documented(string package)
    {
        var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{package}.xml"));
        var documented = documentation.Descendants("member").Select(member => (string)member.Attribute("name")!).ToHashSet();

        var bare = Repository.Package(package).ApiTypes()
            .Select(type => "T:" + type.FullName!.Replace('+', '.'))
            .Where(name => !documented.Contains(name));

        bare.Should().BeEmpty();
    }

    [Fact]
    public void A_public_member_without_documentation_fails_the_build()
    {
        Repository.Read("src/Directory.Build.props").Should().Contain("<GenerateDocumentationFile>true</GenerateDocumentationFile>");
        Repository.Read("Directory.Build.props").Should().Contain("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");

        var silenced = Repository.TextFiles
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file != SuitesProject).Append("Directory.Build.props")
            .Where(file => MissingDocumentation().IsMatch(Repository.Read(file)));
        silenced.Should().BeEmpty("the compiler's warning about missing documentation is an error in src");
    }

    [Fact]
    public void Every_library_and_every_test_project_is_in_the_solution()
    {
        var solution = Repository.Read("Hermes.Sdk.sln").Replace('\\', '/');
        var projects = Repository.TextFiles.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) || file.Contains("Tests", StringComparison.Ordinal));

        projects.Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void The_package_configuration_adds_the_local_feed_and_changes_nothing_else()
    {
        var configuration = XDocument.Load(Path.Combine(Repository.Root, "nuget.config"));

        configuration.Descendants("packageSources").Elements().Select(source => source.ToString())
            .Should().Equal("""<add key="hermes-local" value="artifacts/packages" />""");
    }

    [GeneratedRegex("1591")]
    private static partial Regex MissingDocumentation();
}
