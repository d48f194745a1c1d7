namespace Hermes.ClientRuntime.State;

/// <summary>The entries of one type: of a data type of the server, or of one of the client.</summary>
/// <param name="Side">Whose type it is.</param>
/// <param name="Type">The name of the type.</param>
public readonly record struct EntryTable(EntrySide Side, string Type)
{
    /// <summary>The entries of a type of the server.</summary>
    public static EntryTable Remote(string type) => new(EntrySide.Remote, type);

    /// <summary>The entries of a type of the client.</summary>
    public static EntryTable Local(string type) => new(EntrySide.Local, type);

    /// <summary>The entries of a type of the server, as an initsync has them that is being gathered.</summary>
    public static EntryTable Gathered(string type) => new(EntrySide.Gathered, type);

    /// <summary>The entries of a type of the server whose removal is held.</summary>
    public static EntryTable Held(string type) => new(EntrySide.Held, type);

    /// <summary>The entries of a type of the client whose object is looked for, by what would tell it.</summary>
    public static EntryTable Candidate(string type) => new(EntrySide.Candidate, type);

    /// <summary>The rows of the latest comparison of a type of the client with the target.</summary>
    public static EntryTable Report(string type) => new(EntrySide.Report, type);
}
