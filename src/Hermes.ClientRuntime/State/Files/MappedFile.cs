using System.IO.MemoryMappedFiles;
using Hermes.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Hermes.ClientRuntime.State.Files;

/// <summary>
/// A file that is written through memory: a write costs no call of the system, and what was written survives the death of the process. Its place on the disk is
/// taken before it is used, so that a full disk is told as an error.
/// </summary>
internal sealed class MappedFile : IDisposable
{
    private const int LeastLength = 256 * 1024;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private MemoryMappedFile? _map;
    private MemoryMappedViewAccessor? _view;
    private long _length;

    /// <exception cref="ClientStateException">It cannot be opened.</exception>
    public MappedFile(string path)
    {
        _path = path;
        _file = Guarded(() => Open(path));
        _length = RandomAccess.GetLength(_file);
    }

    /// <summary>All that is in it.</summary>
    /// <exception cref="ClientStateException">It cannot be read.</exception>
    public byte[] Read() => Guarded(() =>
    {
        var bytes = new byte[_length];
        return bytes[..RandomAccess.Read(_file, bytes, 0)];
    });

    /// <exception cref="ClientStateException">It cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_view is null || offset + bytes.Length > _length)
            Map(offset + bytes.Length);
        _view!.SafeMemoryMappedViewHandle.WriteSpan((ulong)offset, bytes);
    }

    public void Dispose()
    {
        Unmap();
        _file.Dispose();
    }

    private static SafeFileHandle Open(string path)
    {
        // Made first, so that nobody but its owner can ever read it.
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = Own }).Dispose();
        }

        return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    private void Map(long least) => Guarded(() =>
    {
        Unmap();
        var length = Math.Max(LeastLength, _length);
        while (length < least)
            length *= 2;

        // Memory that has no place on the disk would end the process when that is full.
        if (length > _length)
            RandomAccess.Write(_file, new byte[length - _length], _length);
        _length = length;
        _map = MemoryMappedFile.CreateFromFile(_file, mapName: null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        return _view = _map.CreateViewAccessor(0, length, MemoryMappedFileAccess.ReadWrite);
    });

    private void Unmap()
    {
        _view?.Dispose();
        _map?.Dispose();
        (_view, _map) = (null, null);
    }

    private T Guarded<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ClientStateException($"The journal of calls {_path} cannot be used: {exception.Message}", FaultKind.Transient, exception);
        }
    }
}
