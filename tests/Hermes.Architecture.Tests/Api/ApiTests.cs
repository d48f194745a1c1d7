using Hermes.TestSupport;

namespace Hermes.Architecture.Tests.Api;

/// <summary>
/// The public API of each package is written down in <c>Api/PACKAGE.verified.txt</c>, so that each change of it is seen and meant.
/// <c>eng/accept-api</c> writes the files anew.
/// </summary>
public class ApiTests
{
    private const string Folder = "tests/Hermes.Architecture.Tests/Api";

    public static TheoryData<string> Packages => Repository.PackageNames;

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_api_of_a_package_is_the_one_written_down(string package) =>
        Written.ShouldBe($"{Folder}/{package}.verified.txt", ApiPrinter.Print(Repository.Package(package).ApiTypes()));

    [Fact]
    public void No_api_is_written_down_for_a_package_that_is_gone()
    {
        var written = Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.verified.txt")
            .Select(file => Path.GetFileName(file).Replace(".verified.txt", "", StringComparison.Ordinal));

        written.Should().BeSubsetOf(Repository.Packages.Select(package => package.Name));
    }
}
