using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Registration;

namespace Hermes.Files.Target;

/// <summary>
/// Keeps a folder in step with the sources: one folder per data type, one JSON file per entry, named by its key. What did not change stays as it is in the
/// file. Applying a change twice does no harm.
/// </summary>
public sealed class FolderTarget : IClientTarget, IReadableTarget
{
    private readonly FolderTargetOptions _options;
    private readonly EntryFiles _files;
    private readonly ConcurrentDictionary<string, HashSet<string>> _secrets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FolderReader> _readers = new(StringComparer.Ordinal);

    /// <summary>Makes a target.</summary>
    /// <param name="options">The settings; not to be changed afterwards.</param>
    /// <exception cref="ValidationException">A setting is missing or wrong.</exception>
    public FolderTarget(FolderTargetOptions options)
    {
        PartOptions.Require(options);
        _options = options;
        _files = new EntryFiles(options.OwnerOnly);
    }

    /// <summary>Makes the folders of the types.</summary>
    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(types);
        Guard(_options.Folder, () =>
        {
            _files.Prepare(_options.Folder);
            foreach (var type in types)
            {
                _secrets[type.Name] = type.SecretAttributes.ToHashSet(StringComparer.Ordinal);
                _readers[type.Name] = new FolderReader(type, FolderOf(type.Name), TrashOf(type.Name));
                _files.Prepare(FolderOf(type.Name));
                if (_options.Trashed == TrashedFiles.Move)
                    _files.Prepare(TrashOf(type.Name));
            }
        });
        return ValueTask.CompletedTask;
    }

    /// <summary>Gives the files the names of the new keys.</summary>
    public ValueTask RekeyedAsync(TargetType type, IReadOnlyList<EntryRekeyed> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        Guard(FolderOf(type.Name), () =>
        {
            RekeyedFiles.Rename(FolderOf(type.Name), entries);
            RekeyedFiles.Rename(TrashOf(type.Name), entries);
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var name = FileNames.OfKey(change.Key);
        var file = Path.Combine(FolderOf(change.Type), name);
        var trashed = Path.Combine(TrashOf(change.Type), name);
        await GuardAsync(file, () => change switch
        {
            EntryAdded added => PutAsync(change.Type, file, file, added.Entry, cancellationToken),
            EntryModified modified => ChangeAsync(file, modified, cancellationToken),
            EntryRecycled recycled => RecycleAsync(change.Type, file, trashed, recycled.Entry, cancellationToken),
            EntryTrashed entry => TrashAsync(change.Type, file, trashed, entry.Entry, cancellationToken),
            _ => Remove(file, trashed),
        });
    }

    /// <summary>The folder of the files.</summary>
    public string? PlaceOf(string type) => _readers.ContainsKey(type) ? Path.GetFullPath(FolderOf(type)) : null;

    /// <inheritdoc/>
    public bool CanRead(string type) => _readers.ContainsKey(type);

    /// <summary>The path of the file from the folder of the target on, such as <c>Users/42.json</c>, which is also the link of one in the trash.</summary>
    public string? LinkOf(string type, EntryKey key) => FolderReader.LinkOf(type, FileNames.OfKey(key));

    /// <summary>
    /// All files of a type that the target itself could have written: those whose names are of the form that it gives them, live and in the trash. <paramref name="also"/> names
    /// members.
    /// </summary>
    /// <exception cref="TargetException">A file cannot be read or holds no JSON object, or a member is a secret attribute.</exception>
    public IAsyncEnumerable<TargetObject> ReadAsync(string type, IReadOnlyList<string> also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(also);
        return ReaderOf(type).ReadAsync(also, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TargetObject?> FindAsync(string type, string link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        return await ReaderOf(type).FindAsync(link, cancellationToken);
    }

    /// <summary>Whether a value is written as the JSON that was read: a date is text, bytes are base64, and a number is the same with and without a fraction of zero.</summary>
    public bool IsSame(string type, string attribute, Value given, Value held) => FileContent.IsWrittenAs(given, held);

    private FolderReader ReaderOf(string type) => _readers.TryGetValue(type, out var reader)
        ? reader
        : throw new TargetException($"The type '{type}' was not named when the client started.", FaultKind.Permanent);

    // A secret that the entry does not have stays as the former file has it.
    private async Task PutAsync(string type, string file, string former, Entry entry, CancellationToken cancellationToken)
    {
        var content = FileContent.Of(entry);
        var there = await EntryFiles.ReadAsync(former, cancellationToken);
        await WriteAsync(type, file, there is null ? content : content.Keeping(_secrets.GetValueOrDefault(type, []), there), cancellationToken);
    }

    private async Task ChangeAsync(string file, EntryModified change, CancellationToken cancellationToken)
    {
        var changes = change.Changes;
        var content = await EntryFiles.ReadAsync(file, cancellationToken) is { } there
            ? there.With(changes.Added).With(changes.Modified).Without(changes.Removed)
            : FileContent.Of(change.Entry);
        await WriteAsync(change.Type, file, content, cancellationToken);
    }

    private Task WriteAsync(string type, string file, FileContent content, CancellationToken cancellationToken) =>
        _files.WriteAsync(file, _options.WriteSecrets ? content : content.Without(_secrets.GetValueOrDefault(type, [])), cancellationToken);

    private async Task RecycleAsync(string type, string file, string trashed, Entry entry, CancellationToken cancellationToken)
    {
        await PutAsync(type, file, File.Exists(trashed) ? trashed : file, entry, cancellationToken);
        EntryFiles.DeleteIfThere(trashed);
    }

    private async Task TrashAsync(string type, string file, string trashed, Entry entry, CancellationToken cancellationToken)
    {
        if (_options.Trashed == TrashedFiles.Delete)
            EntryFiles.DeleteIfThere(file);
        else if (_options.Trashed == TrashedFiles.Move && !EntryFiles.TryMove(file, trashed) && !File.Exists(trashed))
            await WriteAsync(type, trashed, FileContent.Of(entry), cancellationToken);
    }

    private static Task Remove(string file, string trashed)
    {
        EntryFiles.DeleteIfThere(file);
        EntryFiles.DeleteIfThere(trashed);
        return Task.CompletedTask;
    }

    private string FolderOf(string type) => Path.Combine(_options.Folder, FileNames.OfType(type));

    private string TrashOf(string type) => Path.Combine(FolderOf(type), "trash");

    private static void Guard(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Explain(path, failure);
        }
    }

    private static async Task GuardAsync(string path, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Explain(path, failure);
        }
    }

    private static TargetException Explain(string path, Exception failure) => failure switch
    {
        UnauthorizedAccessException => new($"The file '{path}' cannot be written. Give this process the right to write in the folder.",
            FaultKind.Permanent, failure),
        // The parser's own message may quote the file.
        JsonException => new($"The file '{path}' holds no JSON object any more, so that what did not change cannot be kept. Restore it, or delete it to have it "
            + "made anew, without its secrets, by the next attempt.", FaultKind.Permanent),
        DirectoryNotFoundException => new($"The folder of '{path}' is gone. Start the client again to make it.",
            FaultKind.Permanent, failure),
        _ => new($"The file '{path}' cannot be written now. {failure.Message}", FaultKind.Transient, failure),
    };
}
