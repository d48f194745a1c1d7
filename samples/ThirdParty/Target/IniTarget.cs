using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace ThirdParty.Target;

/// <summary>Keeps a folder of INI files: one per entry, a line per value, secrets left out.</summary>
public sealed class IniTarget(IniTargetOptions options) : IClientTarget
{
    private readonly Dictionary<string, TargetType> _types = [];

    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Folder);
        foreach (var type in types)
            _types[type.Name] = type;
        return ValueTask.CompletedTask;
    }

    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        var path = Path.Combine(options.Folder, IniText.FileName(change.Type, change.Key));
        try
        {
            switch (change)
            {
                case EntryAdded added: await WriteAsync(path, change.Type, added.Entry, cancellationToken); break;
                case EntryModified modified: await WriteAsync(path, change.Type, modified.Entry, cancellationToken); break;
                case EntryRecycled recycled: await WriteAsync(path, change.Type, recycled.Entry, cancellationToken); break;
                case EntryTrashed or EntryRemoved: File.Delete(path); break;
            }
        }
        catch (IOException failure)
        {
            throw new TargetException($"The file '{path}' cannot be changed now. {failure.Message}", FaultKind.Transient, failure);
        }
    }

    private async Task WriteAsync(string path, string type, Entry entry, CancellationToken cancellationToken)
    {
        await File.WriteAllLinesAsync(path + ".new", IniText.Lines(entry.Where(attribute => !IsSecret(type, attribute.Key))), cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }

    private bool IsSecret(string type, string attribute) => _types.TryGetValue(type, out var known) && known.SecretAttributes.Contains(attribute);
}
