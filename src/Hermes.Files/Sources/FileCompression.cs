namespace Hermes.Files.Sources;

/// <summary>Whether a file is compressed.</summary>
public enum FileCompression
{
    /// <summary>With gzip if its name ends with <c>.gz</c>, otherwise not. Default.</summary>
    Auto,

    /// <summary>It is not.</summary>
    None,

    /// <summary>With gzip.</summary>
    GZip,
}
