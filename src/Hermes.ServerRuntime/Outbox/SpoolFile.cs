namespace Hermes.ServerRuntime.Outbox;

/// <summary>A file for what is too much for memory: only its owner can read it, and it is gone when it is closed, however that comes.</summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly FileStream _stream;
    private long _length;

    public SpoolFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"hermes-{Guid.NewGuid():N}.spool");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
            options.Options = FileOptions.DeleteOnClose;
        else
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _stream = new FileStream(path, options);
        if (OperatingSystem.IsWindows())
            return;

        // From now on it has no name; the system frees it when this process ends.
        File.Delete(path);
    }

    /// <summary>Adds bytes.</summary>
    /// <returns>Where they begin.</returns>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        var start = _length;
        RandomAccess.Write(_stream.SafeFileHandle, bytes, start);
        _length += bytes.Length;
        return start;
    }

    public byte[] Read(long start, int length)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var now = RandomAccess.Read(_stream.SafeFileHandle, bytes.AsSpan(read), start + read);
            if (now == 0)
                throw new EndOfStreamException("The spool file of the poll was cut short.");
            read += now;
        }

        return bytes;
    }

    public void Dispose() => _stream.Dispose();
}
