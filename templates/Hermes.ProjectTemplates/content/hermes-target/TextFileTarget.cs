using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace HermesTarget;

/// <summary>Writes a text file for each entry. Put what your own target is in its place.</summary>
public sealed class TextFileTarget(TextFileTargetOptions options) : IClientTarget
{
    /// <inheritdoc/>
    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        // A change may come twice, since the process may end between the work and the note of it: the second time must do no harm.
        try
        {
            switch (change)
            {
                case EntryAdded added: await WriteAsync(change, added.Entry, cancellationToken); break;
                case EntryModified modified: await WriteAsync(change, modified.Entry, cancellationToken); break;
                case EntryRecycled recycled: await WriteAsync(change, recycled.Entry, cancellationToken); break;
                case EntryTrashed or EntryRemoved: File.Delete(PathOf(change)); break;
            }
        }
        catch (IOException failure)
        {
            // Transient: tried again at once, and later from the error queue. The message says what, where, and what to do.
            throw new TargetException($"The file '{PathOf(change)}' cannot be changed now. Look whether something else holds it.", FaultKind.Transient, failure);
        }
    }

    private async Task WriteAsync(TargetChange change, Entry entry, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Folder);
        await File.WriteAllLinesAsync(PathOf(change), entry.Select(attribute => $"{attribute.Key}: {attribute.Value}"), cancellationToken);
    }

    // A key may hold any letter.
    private string PathOf(TargetChange change) => Path.Combine(options.Folder, Uri.EscapeDataString($"{change.Type} {change.Key}") + ".txt");
}
