using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Testing.Contracts.Targets;
using ThirdParty.Target;

namespace ThirdParty.Tests;

public sealed class IniTargetTests : FaultyTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync()
    {
        var fresh = new FreshIniFiles();
        await fresh.Target.StartAsync(ContractTypes.All, default);
        return fresh;
    }
}

/// <summary>A target in a new folder.</summary>
internal sealed class FreshIniFiles : IFaultyTestTarget
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ini-target-").FullName;

    public FreshIniFiles() => Target = new IniTarget(new IniTargetOptions { Folder = _folder });

    public IClientTarget Target { get; }

    public IReadOnlyList<string> Secrets => [];

    public IClientTarget Unreachable() => new IniTarget(new IniTargetOptions { Folder = Path.Combine(_folder, "not", "mounted") });

    public Task<TargetChange> PrepareRefusedAsync() => Task.FromResult<TargetChange>(
        ContractTypes.Added(ContractTypes.Person("odd", "Odd", ("a=b", 1), ("code", ContractTypes.SecretText))));

    // An INI file holds texts only, and a list of one is a line as any other.
    public Entry Held(Entry entry) => Entry.Create(entry.Select(attribute => KeyValuePair.Create(attribute.Key, AsText(attribute.Value))));

    public async Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type)
    {
        var entries = new Dictionary<EntryKey, Entry>();
        foreach (var file in Directory.EnumerateFiles(_folder, $"{type}.*.ini"))
        {
            var lines = from line in await File.ReadAllLinesAsync(file) let parts = line.Split('=', 2) select (Name: parts[0], Text: Unescaped(parts[1]));
            var entry = Entry.Create(lines.GroupBy(line => line.Name, line => Value.From(line.Text), (name, texts) => KeyValuePair.Create(name, Joined([.. texts]))));
            entries.Add(type == ContractTypes.People ? ContractTypes.KeyOf(entry) : EntryKey.Of([entry["group"], entry["person"]]), entry);
        }

        return entries;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static Value AsText(Value value) => value.Kind == ValueKind.List ? Joined([.. value.AsList().Select(AsText)]) : value.ToString();

    private static Value Joined(Value[] items) => items is [var only] ? only : ValueList.Create(items);

    private static string Unescaped(string text) => System.Text.RegularExpressions.Regex.Unescape(text.Replace("\\\\", "\\x5c"));
}
