using System.Reflection.Metadata;
using System.Text;
using System.Text.RegularExpressions;
using Hermes.TestSupport;

namespace Hermes.Architecture.Tests.Packages;

/// <summary>What stands in the packages, read from what was packed.</summary>
public partial class PackedPackageTests(PackedPackages packed) : IClassFixture<PackedPackages>
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Fact]
    public void Every_library_is_packed_and_nothing_else()
    {
        packed.All.Select(package => package.Id).Should().Equal(Repository.Packages.Select(project => project.Name));
        packed.All.Select(package => package.Version).Distinct().Should().ContainSingle("all packages have the same version");
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/README.md")]
    public void A_page_lists_every_package(string page)
    {
        var listed = Repository.Read(page).Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Split('|')[1])
            .SelectMany(cell => PackageName().Matches(cell)).Select(match => match.Value);

        listed.Distinct().Should().BeEquivalentTo(packed.All.Select(package => package.Id));
    }

    [Fact]
    public void A_package_says_whose_it_is_where_it_comes_from_and_under_which_licence()
    {
        packed.All.Should().AllSatisfy(package =>
        {
            package.Text("authors").Should().Be("The Hermes contributors");
            package.Text("copyright").Should().NotBeEmpty();
            package.Text("license").Should().Be("Apache-2.0");
            package.Attribute("license", "type").Should().Be("expression");
            package.Text("projectUrl").Should().StartWith("https://");
            package.Attribute("repository", "type").Should().Be("git");
            package.Attribute("repository", "url").Should().StartWith(package.Text("projectUrl")).And.EndWith(".git");
            package.Attribute("repository", "commit").Should().MatchRegex("^[0-9a-f]{40}$");
        });
    }

    [Fact]
    public void A_package_says_what_it_is_and_what_changed()
    {
        packed.All.Should().AllSatisfy(package =>
        {
            package.Text("description").Should().NotBeEmpty();
            package.Text("releaseNotes").Should().Contain($"v{package.Version}/CHANGELOG.md");
            package.Text("tags").Split(' ').Should().Contain("hermes").And.OnlyHaveUniqueItems();
        });
    }

    [Fact]
    public void A_package_brings_readme_icon_documentation_and_symbols()
    {
        packed.All.Should().AllSatisfy(package =>
        {
            var library = package.IsTool ? $"tools/net10.0/any/{package.Id}" : $"lib/net10.0/{package.Id}";
            package.Files.Should().Contain(
                [package.Text("readme"), package.Text("icon"), $"{library}.dll", $"{library}.xml", $"{library}.pdb"]);
            package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal))
                .Should().HaveCount(package.IsTool ? 0 : 3, "nothing of others is packed along");
        });
    }

    [Fact]
    public void Symbols_say_where_the_sources_are()
    {
        packed.All.Should().AllSatisfy(package =>
            SourceLinkOf(package.Id).Should().Contain($"\"{package.Text("projectUrl").TrimEnd('/')}/raw/{package.Attribute("repository", "commit")}/*\""));
    }

    [Fact]
    public void The_dependencies_of_the_packages_are_those_written_down()
    {
        var text = new StringBuilder();
        foreach (var package in packed.All)
        {
            text.Append(package.Id).Append('\n');
            foreach (var dependency in package.Dependencies.Order(StringComparer.Ordinal))
                text.Append("  ").Append(dependency.Replace($" {package.Version}", "", StringComparison.Ordinal)).Append('\n');
        }

        Written.ShouldBe("tests/Hermes.Architecture.Tests/Packages/dependencies.verified.txt", text.ToString());
    }

    private static string SourceLinkOf(string library)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{library}.pdb"));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(file);
        var reader = symbols.GetMetadataReader();
        var link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(info => reader.GetGuid(info.Kind) == SourceLink);
        return Encoding.UTF8.GetString(reader.GetBlobBytes(link.Value));
    }

    [GeneratedRegex(@"\bHermes\.[A-Z][A-Za-z.]*")]
    private static partial Regex PackageName();
}
