using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;

namespace Hermes.Testing.Tests.Targets;

public sealed class RecordingTargetContractTests : TargetContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await RecordingTestTarget.StartAsync();
}

public sealed class RecordingTargetReadingContractTests : ReadableTargetContract
{
    protected override Task<IReadableTestTarget> CreateReadableAsync() => RecordingTestTarget.StartAsync();
}

internal sealed class RecordingTestTarget : IReadableTestTarget
{
    private readonly RecordingTarget _target = new();

    public IClientTarget Target => _target;

    public static async Task<IReadableTestTarget> StartAsync()
    {
        var test = new RecordingTestTarget();
        await test._target.StartAsync(ContractTypes.All, default);
        return test;
    }

    public Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type) => Task.FromResult(_target.Entries(type));

    public async Task<string> MakeByHandAsync(string type)
    {
        var made = EntryKey.Of("made by hand");
        await _target.ApplyAsync(new EntryAdded(type, made, Entry.Of(("name", "Nobody"))), new TestTargetContext(), default);
        return _target.LinkOf(type, made)!;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
