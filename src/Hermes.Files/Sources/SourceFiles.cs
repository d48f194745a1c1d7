using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;

namespace Hermes.Files.Sources;

/// <summary>The files that one fetch reads: one, or all that a pattern finds.</summary>
internal sealed class SourceFiles
{
    private readonly string _subject;
    private readonly FileSourceOptions _options;
    private readonly string _path;

    private SourceFiles(string subject, FileSourceOptions options, string path)
    {
        _subject = subject;
        _options = options;
        _path = path;
    }

    private bool IsPattern => Path.GetFileName(_path).AsSpan().ContainsAny('*', '?');

    /// <summary>The files that an operation reads.</summary>
    /// <exception cref="SourceException">The operation cannot be one of this source.</exception>
    public static SourceFiles Of(string subject, FileSourceOptions options, SourceOperation operation) => operation.Variables.Count == 0
        ? new(subject, options, Resolve(subject, options.Path, operation.Query))
        : throw new SourceException($"{subject}: a file takes no variables ({string.Join(", ", operation.Variables.Keys)}). Remove them.",
            FaultKind.Permanent);

    /// <summary>Reads one file after the other, in the order of their names, and checks that each is whole and no other came or went meanwhile.</summary>
    /// <param name="read">Reads one file to its last record.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="SourceException">There is no file, or one cannot be read.</exception>
    public async IAsyncEnumerable<SourceRow> ReadAsync(
        Func<SourceFile, IAsyncEnumerable<SourceRow>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var paths = List();
        foreach (var path in paths)
        {
            using var file = SourceFile.Open(_subject, path, _options);
            await using var rows = read(file).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(file, rows, cancellationToken))
                yield return rows.Current;
        }

        if (IsPattern && !List().SequenceEqual(paths))
            throw new SourceException($"{_subject}: files that '{_path}' finds came or went while they were read. It is tried again later.", FaultKind.Transient);
    }

    private static async ValueTask<bool> NextAsync(SourceFile file, IAsyncEnumerator<SourceRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (await rows.MoveNextAsync())
                return true;
            await file.VerifyAsync(cancellationToken);
            return false;
        }
        catch (Exception failure) when (SourceFile.IsUnreadable(failure))
        {
            throw file.Unreadable(failure);
        }
    }

    private string[] List()
    {
        if (!IsPattern)
            return [_path];
        try
        {
            string[] found =
            [
                .. Directory.EnumerateFiles(Path.GetDirectoryName(_path)!, Path.GetFileName(_path)).Where(IsContent).Order(StringComparer.Ordinal),
            ];
            return found.Length > 0
                ? found
                : throw new SourceException($"{_subject}: no file is named like '{_path}'. Correct the pattern, or see why none was delivered.", FaultKind.Permanent);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"{_subject}: the folder of '{_path}' cannot be read. {failure.Message}", FaultKind.Permanent, failure);
        }
    }

    // The companions that prove that a file is whole have its name and more, and a pattern finds them too.
    private bool IsContent(string path) => _options.Completeness switch
    {
        FileCompleteness.DoneFile => !path.EndsWith(".done", StringComparison.Ordinal),
        FileCompleteness.Sha256File => !path.EndsWith(".sha256", StringComparison.Ordinal),
        _ => true,
    };

    private static string Resolve(string subject, string root, string query)
    {
        var path = Path.GetFullPath(root);
        if (string.IsNullOrWhiteSpace(query))
            return Directory.Exists(path)
                ? throw new SourceException($"{subject}: '{path}' is a folder. Name the file as the query of the data type.",
                    FaultKind.Permanent)
                : path;

        var file = Path.GetFullPath(query.Trim(), path);
        var inside = Path.EndsInDirectorySeparator(path) ? path : path + Path.DirectorySeparatorChar;
        return file.StartsWith(inside, StringComparison.Ordinal)
            ? file
            : throw new SourceException($"{subject}: the query '{query}' leads out of the folder '{path}'. Name a file in it.",
                FaultKind.Permanent);
    }
}
