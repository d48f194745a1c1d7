namespace Hermes.Architecture.Tests;

/// <summary>The files of this repository, as the tests find them around their own assembly.</summary>
internal static class Repository
{
    // First, since the others are made from it.
    public static string Root { get; } = FindRoot();

    private static readonly string[] IgnoredFolders = [".git", ".vs", ".idea", "bin", "obj", "artifacts", "node_modules", "TestResults"];

    private static readonly string[] BinaryExtensions = [".png", ".db", ".ico", ".dll", ".so", ".nupkg", ".gz", ".zip"];

    private static readonly Lazy<string[]> AllFiles = new(() => [.. Walk(Root).Order(StringComparer.Ordinal)]);

    /// <summary>The libraries that are shipped, by folder of src.</summary>
    public static IReadOnlyList<SourceProject> Packages { get; } =
    [
        .. Directory.EnumerateDirectories(Path.Combine(Root, "src")).Where(HasProject).Order(StringComparer.Ordinal).Select(SourceProject.Read),
    ];

    public static TheoryData<string> PackageNames
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (var package in Packages)
                names.Add(package.Name);
            return names;
        }
    }

    public static SourceProject Package(string name) => Packages.Single(package => package.Name == name);

    /// <summary>The text files, relative to the root, with forward slashes.</summary>
    public static IEnumerable<string> TextFiles =>
        AllFiles.Value.Where(file => !BinaryExtensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase));

    /// <summary>The C# files of some top folders, relative to the root.</summary>
    public static IEnumerable<string> CSharpFiles(params string[] topFolders) =>
        AllFiles.Value.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && topFolders.Contains(file.Split('/')[0]));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static bool HasProject(string folder) => File.Exists(Path.Combine(folder, $"{Path.GetFileName(folder)}.csproj"));

    private static IEnumerable<string> Walk(string folder)
    {
        // In a worktree, .git is a file that holds the path of the machine.
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != ".git"))
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if (IgnoredFolders.Contains(Path.GetFileName(child), StringComparer.Ordinal))
                continue;
            foreach (var file in Walk(child))
                yield return file;
        }
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hermes.Sdk.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException($"No Hermes.Sdk.sln above {AppContext.BaseDirectory}.");
        }

        return folder;
    }
}
