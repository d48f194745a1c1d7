using System.Text.Json;

namespace Hermes.Docs.Tests.Configuration;

public sealed class ConfigurationTests : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-docs-").FullName;

    // Pages name files by paths that are not absolute.
    public ConfigurationTests() => Environment.CurrentDirectory = _folder;

    [Fact]
    public async Task Configuration_on_the_pages_is_accepted()
    {
        var snippets = Snippet.In("json").Where(snippet => snippet.Page != "docs/templates.md").ToList();
        var errors = new List<string>();
        foreach (var snippet in snippets)
            errors.AddRange((await DocumentedHost.ErrorsAsync(Complete(snippet.Text))).Select(error => $"{snippet}: {error.Path}: {error.Problem}"));

        snippets.Should().HaveCountGreaterThan(10);
        errors.Should().BeEmpty();
    }

    [Fact]
    public async Task A_setting_that_is_misspelt_on_a_page_is_found() =>
        (await DocumentedHost.ErrorsAsync(Complete("\"Target\": { \"Kind\": \"Folder\", \"Foldr\": \"mirror\" }"))).Should().NotBeEmpty();

    [Fact]
    public void Data_on_the_pages_is_json() =>
        Snippet.Of("docs/templates.md", "json").Should().AllSatisfy(snippet => JsonDocument.Parse(snippet.Text).Dispose());

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_folder, recursive: true);
    }

    // A page that is about one part shows only its section, or its setting.
    private static string Complete(string text)
    {
        if (text.StartsWith('{'))
            return text;
        if (text.StartsWith("\"Fetch\"", StringComparison.Ordinal))
        {
            text = $$"""
                "DataTypes": [ { "Name": "Any", "Key": [ "id" ], "Sources": [ { "Source": "any", "Mapping": { "id": "id" }, {{text}} } ] } ]
                """;
        }

        var side = text.StartsWith("\"Target\"", StringComparison.Ordinal) ? "Clients" : "Servers";
        return $$"""{ "Hermes": { "{{side}}": { "documented": { {{text}} } } } }""";
    }
}
