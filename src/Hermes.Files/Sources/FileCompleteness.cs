namespace Hermes.Files.Sources;

/// <summary>How a file proves that all of it is there. A file that was cut off would otherwise look like removals.</summary>
public enum FileCompleteness
{
    /// <summary>It does not: whoever writes the file moves it into place when it is whole. Default.</summary>
    MovedIntoPlace,

    /// <summary>
    /// The last record says so: in CSV its first field is the trailer text and its second one, if there is one, the number of rows; in JSON lines
    /// it is <c>{"trailer text": number}</c>.
    /// </summary>
    Trailer,

    /// <summary>A file of the same name with <c>.done</c> behind it was written after it.</summary>
    DoneFile,

    /// <summary>A file of the same name with <c>.sha256</c> behind it holds its hash, as <c>sha256sum</c> writes it.</summary>
    Sha256File,
}
