namespace Hermes.Crash.Host;

/// <summary>A place in a directory: each client of a campus has a part of it, and each type a container in that.</summary>
/// <param name="Url">The address of the server.</param>
/// <param name="Name">Who to bind as.</param>
/// <param name="Password">The password of <paramref name="Name"/>.</param>
/// <param name="Suffix">The DN below which the campus is.</param>
internal sealed record DirectoryPlace(string Url, string Name, string Password, string Suffix)
{
    public const string People = "people";
    public const string Groups = "groups";
    public const string Trash = "trash";

    public static IReadOnlyList<string> Containers { get; } = [People, Groups, Trash];

    /// <summary>The part of a client.</summary>
    public string PartOf(RigFolder folder) => $"ou={folder.Client},{Suffix}";

    /// <summary>A container of a client.</summary>
    public string In(RigFolder folder, string container) => $"ou={container},{PartOf(folder)}";
}
