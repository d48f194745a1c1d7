using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Files.Tests;

/// <summary>A folder of one test.</summary>
public sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hermes-files-");

    public string Root => _folder.FullName;

    public string this[string name] => Path.Combine(Root, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public static SourceOperation Fetch(string query = "", params string[] attributes) =>
        new(SourceOperationKind.Fetch, query, new Dictionary<string, Value>(), [.. attributes.Order(StringComparer.Ordinal)]);

    public void Dispose() => _folder.Delete(recursive: true);
}
