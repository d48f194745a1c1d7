using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;

namespace Hermes.Files.Sources;

/// <summary>One read of one file: opens it, and checks at the end that it is whole and that nobody wrote to it or replaced it meanwhile.</summary>
internal sealed class SourceFile : IDisposable
{
    private const int Beginning = 64;

    private readonly FileSourceOptions _options;
    private readonly string _path;
    private readonly FileStamp _before;
    private readonly SHA256 _hash = SHA256.Create();
    private readonly FileStream _file;
    private readonly string? _name;
    private StreamReader? _reader;

    private SourceFile(string subject, string path, FileSourceOptions options)
    {
        Subject = $"{subject}, file '{path}'";
        _path = path;
        _options = options;
        _before = FileStamp.Of(path);
        var first = OpenFile();
        using (var content = Decompressed(first, first))
        {
            Span<byte> beginning = stackalloc byte[Beginning];
            beginning = beginning[..content.ReadAtLeast(beginning, Beginning, throwOnEndOfStream: false)];
            Encoding = TextEncoding.OfMark(beginning) ?? TextEncoding.Find(options.Encoding)!;
            Start = Decode(beginning, Encoding);
        }

        _file = OpenFile();
        _name = NameOf(_file);
        Content = Decompressed(_file, options.Completeness == FileCompleteness.Sha256File ? new CryptoStream(_file, _hash, CryptoStreamMode.Read) : _file);
    }

    /// <summary>The source and the file, for messages.</summary>
    public string Subject { get; }

    /// <summary>The bytes of the file, decompressed.</summary>
    public Stream Content { get; }

    /// <summary>The first characters of the text, as many as stand in its first bytes.</summary>
    public string Start { get; }

    /// <summary>The encoding that the byte order mark says, or else the options.</summary>
    public Encoding Encoding { get; }

    /// <summary>The text of the file.</summary>
    public StreamReader Reader => _reader ??= new StreamReader(Content, Encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);

    /// <summary>Opens a file.</summary>
    /// <exception cref="SourceException">There is no such file, it cannot be opened, or it is not known to be whole.</exception>
    public static SourceFile Open(string subject, string path, FileSourceOptions options)
    {
        try
        {
            RequireDoneFile(subject, path, options.Completeness);
            return new SourceFile(subject, path, options);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceException($"{subject}: the file '{path}' does not exist. Correct the path, or see why it was not delivered.",
                FaultKind.Permanent, failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new SourceException($"{subject}: the file '{path}' cannot be opened. Give this process the right to read it.",
                FaultKind.Permanent, failure);
        }
        catch (IOException failure)
        {
            throw new SourceException($"{subject}: the file '{path}' cannot be read now. {failure.Message}", FaultKind.Transient, failure);
        }
        catch (InvalidDataException failure)
        {
            throw new SourceException($"{subject}: the file '{path}' is not compressed with gzip, or is damaged. Set Compression to how it is written.",
                FaultKind.Permanent, failure);
        }
    }

    /// <summary>Checks, after the last record, that what was read is the whole file.</summary>
    /// <exception cref="SourceException">It is not.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        if (FileStamp.Of(_path) != _before || NameOf(_file) != _name)
            throw Incomplete("was written to or replaced while it was read");
        if (_options.Completeness != FileCompleteness.Sha256File)
            return;

        await Content.CopyToAsync(Stream.Null, cancellationToken);
        var companion = _path + ".sha256";
        if (!File.Exists(companion))
            throw Incomplete($"has no companion '{companion}' with its hash");
        var expected = (await File.ReadAllTextAsync(companion, cancellationToken)).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (!string.Equals(expected, Convert.ToHexString(_hash.Hash!), StringComparison.OrdinalIgnoreCase))
            throw Incomplete($"does not have the hash that '{companion}' says");
    }

    /// <summary>Checks the number of rows that a trailer announced.</summary>
    public void VerifyRows(long? announced, long rows)
    {
        if (announced is { } expected && expected != rows)
            throw Incomplete(string.Create(CultureInfo.InvariantCulture, $"announces {expected} rows in its trailer and has {rows}"));
    }

    /// <summary>The file does not prove that all of it is there.</summary>
    public SourceException Incomplete(string reason) =>
        new($"{Subject}: the file {reason}. The read is not used; it is tried again later.", FaultKind.Transient);

    /// <summary>Something in the file is wrong.</summary>
    public SourceException Malformed(long line, string problem) => Malformed("line", line, problem);

    /// <summary>Something in the file is wrong, at a place that is counted in lines, rows or records.</summary>
    public SourceException Malformed(string unit, long number, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Subject}, {unit} {number}: {problem}"), FaultKind.Permanent);

    /// <summary>Whether a failure of reading is told by <see cref="Unreadable"/>.</summary>
    public static bool IsUnreadable(Exception failure) => failure is IOException or DecoderFallbackException or InvalidDataException or UnauthorizedAccessException;

    /// <summary>A failure of the file system, of the compression or of the encoding, told for people.</summary>
    public SourceException Unreadable(Exception failure) => failure switch
    {
        DecoderFallbackException => WronglyEncoded(),
        InvalidDataException => Incomplete("is cut off or damaged: its compressed content cannot be read to its end"),
        _ => new($"{Subject}: reading failed. {failure.Message}", FaultKind.Transient, failure),
    };

    public void Dispose()
    {
        _reader?.Dispose();
        Content.Dispose();
        _hash.Dispose();
    }

    // Bytes that are no text are told when they are read, with their place.
    private static string Decode(ReadOnlySpan<byte> beginning, Encoding encoding)
    {
        try
        {
            var characters = new char[encoding.GetMaxCharCount(beginning.Length)];
            return new string(characters, 0, encoding.GetDecoder().GetChars(beginning, characters, flush: false)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return "";
        }
    }

    private static void RequireDoneFile(string subject, string path, FileCompleteness completeness)
    {
        if (completeness != FileCompleteness.DoneFile || !File.Exists(path))
            return;
        var done = new FileInfo(path + ".done");
        if (!done.Exists || done.LastWriteTimeUtc < File.GetLastWriteTimeUtc(path))
            throw new SourceException($"{subject}: the file '{path}' is not finished: '{done.Name}' is missing, or older than it. It is tried again later.",
                FaultKind.Transient);
    }

    private SourceException WronglyEncoded()
    {
        var file = OpenFile();
        using var content = Decompressed(file, file);
        var where = InvalidBytes.Find(content, Encoding) is { } found
            ? string.Create(CultureInfo.InvariantCulture, $", line {found.Line}, column {found.Column}")
            : "";
        return new($"{Subject}{where}: the file is not in the encoding {Encoding.WebName}: there are bytes that mean nothing in it. "
            + "Set Encoding to the one it is written in.", FaultKind.Permanent);
    }

    // The name of what is open changes when another file takes its place, even one of the same length and time. Windows lets nobody replace an open file.
    private static string? NameOf(FileStream file) => OperatingSystem.IsLinux()
        ? new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}")).LinkTarget
        : null;

    private FileStream OpenFile() =>
        new(_path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 0 });

    private Stream Decompressed(FileStream file, Stream content) =>
        _options.Compression == FileCompression.GZip
        || (_options.Compression == FileCompression.Auto && _path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            ? new WholeGZipStream(content, WholeGZipStream.AnnouncedBy(file))
            : content;
}

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
