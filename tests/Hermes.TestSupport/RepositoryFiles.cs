namespace Hermes.TestSupport;

/// <summary>The files of this repository, which lie around the tests: a build may hide the paths of the sources.</summary>
public static class RepositoryFiles
{
    /// <summary>Reads a text.</summary>
    /// <param name="path">Its path from the root on.</param>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>The whole path of a file.</summary>
    /// <param name="path">Its path from the root on.</param>
    public static string PathOf(string path) => Path.Combine(Root(), path);

    /// <summary>The files of a folder and those in it, as paths from the root on, in ordinal order.</summary>
    /// <param name="folder">Its path from the root on.</param>
    /// <param name="pattern">Which files, such as <c>*.md</c>. What a build made is left out.</param>
    public static IReadOnlyList<string> List(string folder, string pattern)
    {
        var root = Root();
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hermes.Sdk.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"No Hermes.Sdk.sln above {AppContext.BaseDirectory}.");
        return folder;
    }
}
