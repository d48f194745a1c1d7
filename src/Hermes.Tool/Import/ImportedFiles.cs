namespace Hermes.Tool.Import;

/// <summary>Writes what was imported.</summary>
internal static class ImportedFiles
{
    /// <summary>Writes the secrets, each readable by its owner only, and then the configuration. Nothing that is there is overwritten.</summary>
    /// <exception cref="IOException">A file is there already, or cannot be written.</exception>
    public static async Task WriteAsync(string output, ImportedConfiguration imported, CancellationToken cancellationToken)
    {
        if (File.Exists(output))
            throw new IOException($"{output} is there already. Remove it, or name another file.");
        foreach (var secret in imported.Secrets)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(secret.File))!);
            await WriteNewAsync(secret.File, secret.Text, isSecret: true, cancellationToken);
        }

        await WriteNewAsync(output, imported.Yaml, isSecret: false, cancellationToken);
    }

    private static async Task WriteNewAsync(string file, string text, bool isSecret, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }
}
