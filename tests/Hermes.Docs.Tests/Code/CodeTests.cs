using Hermes.TestSupport;

namespace Hermes.Docs.Tests.Code;

public sealed class CodeTests
{
    // It shows members of the classes of a sample, word by word.
    private const string SamplePage = "docs/extending.md";

    [Fact]
    public void Code_on_the_pages_compiles()
    {
        var snippets = Snippet.In("csharp").Where(snippet => snippet.Page != SamplePage).ToList();
        var errors = snippets.SelectMany(snippet => SnippetCompiler.Errors(snippet.Text).Select(error => $"{snippet}: {error}"));

        snippets.Should().HaveCountGreaterThan(20);
        errors.Should().BeEmpty();
    }

    [Fact]
    public void Code_that_does_not_compile_is_found() => SnippetCompiler.Errors("services.AddHermesServre(\"campus\");").Should().NotBeEmpty();

    [Fact]
    public void Code_of_the_page_about_packages_is_that_of_the_sample()
    {
        var samples = new[] { "samples/ThirdParty", "samples/ThirdParty.Tests" }
            .SelectMany(folder => RepositoryFiles.List(folder, "*.cs"))
            .Select(file => Unindented(RepositoryFiles.Read(file))).ToList();
        var snippets = Snippet.Of(SamplePage, "csharp").ToList();

        snippets.Should().HaveCountGreaterThan(5);
        snippets.Where(snippet => !samples.Any(sample => sample.Contains(Unindented(snippet.Text), StringComparison.Ordinal)))
            .Should().BeEmpty("the page shows what stands in the sample");
    }

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}
