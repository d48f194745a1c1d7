using System.Buffers.Binary;

namespace Hermes.ServerRuntime.Staging;

/// <summary>
/// Keeps what a poll made, such as its events, until it is known what comes of all of it: by the place to which it goes, and there as it came. In memory
/// up to a limit, beyond it in a file that is gone with it. No secret value is ever given to it.
/// </summary>
/// <param name="maxMemory">How many bytes are kept in memory, apart from a chunk of 64 KB per place.</param>
internal sealed class PollSpool(int maxMemory = PollSpool.MaxMemory) : IDisposable
{
    private const int MaxMemory = 16 * 1024 * 1024;
    private const int ChunkSize = 64 * 1024;
    private const int HeadSize = 16;
    private const int NoWriteBack = -1;

    private readonly SortedDictionary<int, Place> _places = [];
    private SpoolFile? _file;
    private long _memory;

    /// <summary>The places that have items, in order.</summary>
    public IEnumerable<int> Places => _places.Keys;

    /// <summary>Whether some of it lies in a file.</summary>
    public bool IsInFile => _file is not null;

    /// <summary>Adds an item.</summary>
    public void Add(int place, SpooledItem item)
    {
        if (!_places.TryGetValue(place, out var events))
            _places.Add(place, events = new Place());
        var size = HeadSize + item.Body.Length + (item.WriteBack?.Length ?? 0);
        if (events.Open.Length - events.Used < size)
            Close(events, size);
        var target = events.Open.AsSpan(events.Used, size);
        BinaryPrimitives.WriteInt64LittleEndian(target, item.Id);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], item.Body.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], item.WriteBack?.Length ?? NoWriteBack);
        item.Body.CopyTo(target[HeadSize..]);
        item.WriteBack?.CopyTo(target[(HeadSize + item.Body.Length)..]);
        events.Used += size;
    }

    /// <summary>Takes back the items of an entry.</summary>
    public void Withdraw(int place, long id)
    {
        if (_places.TryGetValue(place, out var events))
            events.Withdrawn.Add(id);
    }

    /// <summary>The items of a place, as they came, without those that were taken back.</summary>
    public IEnumerable<SpooledItem> Read(int place)
    {
        var events = _places[place];
        var chunks = events.Closed.Select(chunk => (chunk.Bytes ?? _file!.Read(chunk.Start, chunk.Length), chunk.Length));
        foreach (var (bytes, length) in chunks.Append((events.Open, events.Used)))
        {
            for (var at = 0; at < length;)
            {
                var item = ReadAt(bytes, ref at);
                if (!events.Withdrawn.Contains(item.Id))
                    yield return item;
            }
        }
    }

    public void Dispose() => _file?.Dispose();

    private static SpooledItem ReadAt(byte[] bytes, ref int at)
    {
        var head = bytes.AsSpan(at, HeadSize);
        var id = BinaryPrimitives.ReadInt64LittleEndian(head);
        var body = bytes.AsSpan(at + HeadSize, BinaryPrimitives.ReadInt32LittleEndian(head[8..])).ToArray();
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[12..]);
        at += HeadSize + body.Length;
        var writeBack = length == NoWriteBack ? null : bytes.AsSpan(at, length).ToArray();
        at += writeBack?.Length ?? 0;
        return new SpooledItem(id, body, writeBack);
    }

    private void Close(Place events, int size)
    {
        if (events.Used > 0)
        {
            if (_memory + events.Used <= maxMemory)
            {
                events.Closed.Add(new Chunk(events.Open, 0, events.Used));
                _memory += events.Used;
                events.Open = [];
            }
            else
            {
                _file ??= new SpoolFile();
                events.Closed.Add(new Chunk(null, _file.Append(events.Open.AsSpan(0, events.Used)), events.Used));
            }
        }

        // A chunk that was written to the file is filled again.
        events.Used = 0;
        if (events.Open.Length < size)
            events.Open = new byte[Math.Max(ChunkSize, size)];
    }

    private sealed class Place
    {
        public List<Chunk> Closed { get; } = [];

        public HashSet<long> Withdrawn { get; } = [];

        public byte[] Open { get; set; } = [];

        public int Used { get; set; }
    }

    /// <summary>Bytes in memory or, if there are none, in the file.</summary>
    private readonly record struct Chunk(byte[]? Bytes, long Start, int Length);
}

/// <summary>Something that waits in a spool.</summary>
/// <param name="Id">What it is of, such as the id of an entry.</param>
/// <param name="Body">Its content, such as an event as JSON; without secret values.</param>
/// <param name="WriteBack">What to write back after it, or null.</param>
internal readonly record struct SpooledItem(long Id, byte[] Body, byte[]? WriteBack);

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
