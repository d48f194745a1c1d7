namespace Hermes.Files.Sources;

/// <summary>What tells one state of a file from another: behind links, which file it is, how long, when written and when made.</summary>
internal readonly record struct FileStamp(string Target, long Length, DateTime Written, DateTime Created)
{
    /// <summary>The state of the file at a path; the default if there is none.</summary>
    public static FileStamp Of(string path)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var file = new FileInfo(target);
        return file.Exists ? new(target, file.Length, file.LastWriteTimeUtc, file.CreationTimeUtc) : default;
    }
}
