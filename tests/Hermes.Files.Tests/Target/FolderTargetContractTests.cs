using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Files.Target;
using Hermes.Testing.Contracts.Targets;

namespace Hermes.Files.Tests.Target;

public sealed class FolderTargetMovingTrashContractTests : TargetContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await FolderTestTarget.StartAsync(TrashedFiles.Move);
}

public sealed class FolderTargetDeletingTrashContractTests : TargetContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await FolderTestTarget.StartAsync(TrashedFiles.Delete);
}

public sealed class FolderTargetMovingTrashSecretsContractTests : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await FolderTestTarget.StartAsync(TrashedFiles.Move);
}

public sealed class FolderTargetKeepingTrashSecretsContractTests : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await FolderTestTarget.StartAsync(TrashedFiles.Keep);
}

public sealed class FolderTargetDeletingTrashSecretsContractTests : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await FolderTestTarget.StartAsync(TrashedFiles.Delete);
}

public sealed class FolderTargetMovingTrashReadingContractTests : ReadableTargetContract
{
    protected override Task<IReadableTestTarget> CreateReadableAsync() => FolderTestTarget.StartAsync(TrashedFiles.Move);
}

public sealed class FolderTargetKeepingTrashReadingContractTests : ReadableTargetContract
{
    protected override Task<IReadableTestTarget> CreateReadableAsync() => FolderTestTarget.StartAsync(TrashedFiles.Keep);
}

public sealed class FolderTargetDeletingTrashReadingContractTests : ReadableTargetContract
{
    protected override Task<IReadableTestTarget> CreateReadableAsync() => FolderTestTarget.StartAsync(TrashedFiles.Delete);
}

internal sealed class FolderTestTarget(TestFolder folder, FolderTarget target, TrashedFiles trashed) : IReadableTestTarget
{
    public IClientTarget Target => target;

    public bool KeepsTrashed => trashed != TrashedFiles.Delete;

    public static async Task<IReadableTestTarget> StartAsync(TrashedFiles trashed)
    {
        var folder = new TestFolder();
        var target = new FolderTarget(new FolderTargetOptions { Folder = folder.Root, Trashed = trashed, WriteSecrets = true });
        await target.StartAsync(ContractTypes.All, default);
        return new FolderTestTarget(folder, target, trashed);
    }

    public async Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type)
    {
        var entries = new Dictionary<EntryKey, Entry>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder.Root, type), "*.json"))
        {
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            var entry = Entry.Create(PlainJson.ReadMembers(json.RootElement));
            entries.Add(type == ContractTypes.People ? ContractTypes.KeyOf(entry) : EntryKey.Of([entry["group"], entry["person"]]), entry);
        }

        return entries;
    }

    public bool MarksTrashed => trashed == TrashedFiles.Move;

    public Task<string> MakeByHandAsync(string type)
    {
        folder.Write($"{type}/made.by.hand.json", """{ "id": "somebody's", "note": null, "jobs": {} }""");
        return Task.FromResult($"{type}/made.by.hand.json");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
