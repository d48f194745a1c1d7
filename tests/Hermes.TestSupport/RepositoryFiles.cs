namespace Hermes.TestSupport;

/// <summary>The files of this repository, which lie around the tests: a build may hide the paths of the sources.</summary>
public static class RepositoryFiles
{
    /// <summary>Reads a text.</summary>
    /// <param name="path">Its path from the root on.</param>
    public static string Read(string path)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hermes.Sdk.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"No Hermes.Sdk.sln above {AppContext.BaseDirectory}.");
        return File.ReadAllText(Path.Combine(folder, path));
    }
}
