using System.Runtime.CompilerServices;
using System.Text.Json;
using Hermes.Abstractions;
using Hermes.Abstractions.Targets;

namespace Hermes.Files.Target;

/// <summary>
/// Reads the files of a type's folder and of its trash. The objects are the files whose names the target itself could have written; others are left alone. The link is the
/// path of the file, from the folder of the target on, where it is while its entry is live.
/// </summary>
/// <param name="type">The type: which members of a file are its attributes.</param>
/// <param name="folder">The folder of the type.</param>
/// <param name="trash">The folder of its trashed files, which need not be there.</param>
internal sealed class FolderReader(TargetType type, string folder, string trash)
{
    private readonly HashSet<string> _attributes = [.. type.Attributes.Except(type.SecretAttributes)];

    /// <summary>The link of a file that is named by a key.</summary>
    public static string LinkOf(string type, string name) => $"{FileNames.OfType(type)}/{name}";

    /// <summary>The objects of all files, one after the other.</summary>
    /// <exception cref="TargetException">A file or the folder cannot be read, or a file holds no JSON object, or a member that is asked for is a secret one.</exception>
    public IAsyncEnumerable<TargetObject> ReadAsync(IReadOnlyList<string> also, CancellationToken cancellationToken)
    {
        if (also.FirstOrDefault(name => type.SecretAttributes.Contains(name)) is { } secret)
            throw new TargetException($"The attribute '{secret}' of '{type.Name}' is a secret one and is not told.", FaultKind.Permanent);
        return FilesAsync(also, cancellationToken);
    }

    /// <summary>The object with a link; null if there is none.</summary>
    /// <exception cref="TargetException">The file cannot be read, or holds no JSON object.</exception>
    public async Task<TargetObject?> FindAsync(string link, CancellationToken cancellationToken)
    {
        var (live, trashed) = (LinkOf(type.Name, ""), LinkOf(type.Name, $"{Path.GetFileName(trash)}/"));
        if (link.StartsWith(trashed, StringComparison.Ordinal) && FileNames.IsOfKey(link[trashed.Length..]))
            return await ReadAsync(link[trashed.Length..], isTrashed: true, [], cancellationToken);
        return link.StartsWith(live, StringComparison.Ordinal) && FileNames.IsOfKey(link[live.Length..])
            ? await ReadAsync(link[live.Length..], isTrashed: false, [], cancellationToken)
                ?? await ReadAsync(link[live.Length..], isTrashed: true, [], cancellationToken)
            : null;
    }

    private async IAsyncEnumerable<TargetObject> FilesAsync(IReadOnlyList<string> also, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var isTrashed in new[] { false, true })
        {
            if (isTrashed && !Directory.Exists(trash))
                yield break;
            using var files = Guarded(folder, () => Directory.EnumerateFiles(isTrashed ? trash : folder).GetEnumerator());
            while (Guarded(folder, files.MoveNext))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var name = Path.GetFileName(files.Current);

                // One that goes while the folder is read is gone.
                if (FileNames.IsOfKey(name) && await ReadAsync(name, isTrashed, also, cancellationToken) is { } one)
                    yield return one;
            }
        }
    }

    private async Task<TargetObject?> ReadAsync(string name, bool isTrashed, IReadOnlyList<string> also, CancellationToken cancellationToken)
    {
        if (isTrashed && !Directory.Exists(trash))
            return null;
        var path = Path.Combine(isTrashed ? trash : folder, name);
        var there = LinkOf(type.Name, isTrashed ? $"{Path.GetFileName(trash)}/{name}" : name);
        try
        {
            if (await EntryFiles.ReadAsync(path, cancellationToken) is not { } content)
                return null;

            // A trashed file whose name is in use again is not what the live one is.
            var link = isTrashed && !File.Exists(Path.Combine(folder, name)) ? LinkOf(type.Name, name) : there;
            return new TargetObject(link, there, content.Read(_attributes), isTrashed) { Others = content.Read(also) };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw Explain(path, failure);
        }
    }

    private static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Explain(path, failure);
        }
    }

    private static TargetException Explain(string path, Exception failure) => failure switch
    {
        UnauthorizedAccessException => new($"'{path}' cannot be read. Give this process the right to read it.", FaultKind.Permanent, failure),
        // The parser's own message may quote the file.
        JsonException => new($"The file '{path}' holds no JSON object. Restore it, delete it, or give it a name that does not end in {FileNames.Extension}.", FaultKind.Permanent),
        FormatException => new($"The file '{path}' holds what cannot be a value: {failure.Message}", FaultKind.Permanent),
        DirectoryNotFoundException => new($"The folder '{path}' is gone. Start the client again to make it.", FaultKind.Permanent, failure),
        _ => new($"'{path}' cannot be read now. {failure.Message}", FaultKind.Transient, failure),
    };
}
