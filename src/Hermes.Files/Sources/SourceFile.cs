using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;

namespace Hermes.Files.Sources;

/// <summary>One read of one file: opens it, and checks at the end that it is whole and that nobody wrote to it meanwhile.</summary>
internal sealed class SourceFile : IDisposable
{
    private readonly FileCompleteness _completeness;
    private readonly (long Length, DateTime Written) _before;
    private readonly SHA256 _hash = SHA256.Create();

    private SourceFile(string subject, string path, FileCompleteness completeness, FileStream stream, Encoding encoding)
    {
        Subject = $"{subject}, file '{path}'";
        Path = path;
        _completeness = completeness;
        _before = Stamp();
        var content = completeness == FileCompleteness.Sha256File ? new CryptoStream(stream, _hash, CryptoStreamMode.Read) : (Stream)stream;
        Reader = new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
    }

    /// <summary>The source and the file, for messages.</summary>
    public string Subject { get; }

    /// <summary>The text of the file.</summary>
    public StreamReader Reader { get; }

    private string Path { get; }

    /// <summary>Opens the file that an operation reads.</summary>
    /// <exception cref="SourceException">There is no such file, it cannot be opened, or it is not known to be whole.</exception>
    public static SourceFile Open(string subject, FileSourceOptions options, SourceOperation operation)
    {
        if (operation.Variables.Count > 0)
            throw new SourceException($"{subject}: a file takes no variables ({string.Join(", ", operation.Variables.Keys)}). Remove them.",
                FaultKind.Permanent);

        var path = Resolve(subject, options.Path, operation.Query);
        try
        {
            RequireDoneFile(subject, path, options.Completeness);
            var stream = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 0 });
            return new SourceFile(subject, path, options.Completeness, stream, TextEncoding.Find(options.Encoding)!);
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
    }

    /// <summary>Checks, after the last record, that what was read is the whole file.</summary>
    /// <exception cref="SourceException">It is not.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        if (Stamp() != _before)
            throw Incomplete("was written to while it was read");
        if (_completeness != FileCompleteness.Sha256File)
            return;

        var companion = Path + ".sha256";
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
    public SourceException Malformed(long line, string problem, Exception? cause = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Subject}, line {line}: {problem}"), FaultKind.Permanent, cause);

    /// <summary>A failure of the file system or of the encoding, told for people.</summary>
    public SourceException Unreadable(Exception failure) => failure is DecoderFallbackException
        ? new($"{Subject}: the file is not in the encoding {Reader.CurrentEncoding.WebName}. Set Encoding to the one it is written in.",
            FaultKind.Permanent, failure)
        : new($"{Subject}: reading failed. {failure.Message}", FaultKind.Transient, failure);

    public void Dispose()
    {
        Reader.Dispose();
        _hash.Dispose();
    }

    private static string Resolve(string subject, string root, string query)
    {
        var path = System.IO.Path.GetFullPath(root);
        if (string.IsNullOrWhiteSpace(query))
            return Directory.Exists(path)
                ? throw new SourceException($"{subject}: '{path}' is a folder. Name the file as the query of the data type.",
                    FaultKind.Permanent)
                : path;

        var file = System.IO.Path.GetFullPath(query.Trim(), path);
        var inside = System.IO.Path.EndsInDirectorySeparator(path) ? path : path + System.IO.Path.DirectorySeparatorChar;
        return file.StartsWith(inside, StringComparison.Ordinal)
            ? file
            : throw new SourceException($"{subject}: the query '{query}' leads out of the folder '{path}'. Name a file in it.",
                FaultKind.Permanent);
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

    private (long Length, DateTime Written) Stamp()
    {
        var file = new FileInfo(Path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
    }
}
