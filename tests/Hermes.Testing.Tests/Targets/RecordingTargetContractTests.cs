using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;

namespace Hermes.Testing.Tests.Targets;

public sealed class RecordingTargetContractTests : TargetContract
{
    protected override Task<ITestTarget> CreateTargetAsync() => Task.FromResult<ITestTarget>(new TestTarget());

    private sealed class TestTarget : ITestTarget
    {
        private readonly RecordingTarget _target = new();

        public IClientTarget Target => _target;

        public Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type) => Task.FromResult(_target.Entries(type));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
