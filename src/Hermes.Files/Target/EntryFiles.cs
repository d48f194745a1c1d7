using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hermes.Files.Target;

/// <summary>Writes, moves and deletes files so that a reader, or a kill of this process, never sees half of one.</summary>
/// <param name="ownerOnly">Whether nobody but the owner may read what is made.</param>
internal sealed class EntryFiles(bool ownerOnly)
{
    private const string Unfinished = ".unfinished-";
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly JsonWriterOptions Json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes a folder, and deletes what a killed process left unfinished in it.</summary>
    public void Prepare(string folder)
    {
        if (ownerOnly && !OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder, OwnerFile | UnixFileMode.UserExecute);
        else
            Directory.CreateDirectory(folder);

        foreach (var rest in Directory.EnumerateFiles(folder, Unfinished + "*"))
            File.Delete(rest);
    }

    /// <summary>Writes a file, or replaces it: under another name first, flushed to the disk, and then renamed.</summary>
    public async Task WriteAsync(string path, FileContent content, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(Path.GetDirectoryName(path)!, Unfinished + Guid.NewGuid().ToString("N"));
        try
        {
            await using (var stream = new FileStream(unfinished, NewFile()))
            {
                await using (var writer = new Utf8JsonWriter(stream, Json))
                    content.WriteTo(writer);
                await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>What a file holds; null if there is none.</summary>
    /// <exception cref="JsonException">It holds something else than an object.</exception>
    public static async Task<FileContent?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return FileContent.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Moves a file over another one.</summary>
    /// <returns>False if there is no such file.</returns>
    public static bool TryMove(string from, string to)
    {
        if (!File.Exists(from))
            return false;
        File.Move(from, to, overwrite: true);
        return true;
    }

    /// <summary>Deletes a file; neither it nor its folder need be there.</summary>
    public static void DeleteIfThere(string path)
    {
        if (File.Exists(path))
            File.Delete(path);
    }

    private FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (ownerOnly && !OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        return options;
    }
}
