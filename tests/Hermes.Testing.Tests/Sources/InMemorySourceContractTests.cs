using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Testing.Contracts.Sources;
using Hermes.Testing.Sources;

namespace Hermes.Testing.Tests.Sources;

public sealed class InMemorySourceContractTests : SourceContract
{
    protected override Task<ITestSource> CreateSourceAsync() => Task.FromResult<ITestSource>(new TestSource());

    private sealed class TestSource : ITestSource
    {
        private readonly InMemorySource _source = new();

        public IDataSource Source => _source;

        public IReadOnlySet<ValueKind> Kinds { get; } = ContractValues.Samples.Keys.ToHashSet();

        public Task<SourceOperation> StoreAsync(ContractTable table)
        {
            var memory = _source.Table("t", table.Columns.Select(column => column.Name));
            foreach (var row in table.Rows)
                memory.Add(row);
            return Task.FromResult(new SourceOperation(
                SourceOperationKind.Fetch, "t", new Dictionary<string, Value>(), [.. table.Columns.Select(column => column.Name).Order(StringComparer.Ordinal)]));
        }

        public async Task<SourceOperation> StoreBrokenAsync()
        {
            var operation = await StoreAsync(ContractTable.People(5));
            _source.Table("broken", "id").Add(1).Add(2).Add(3).Fail(after: 2);
            return operation with { Query = "broken" };
        }

        public IDataSource Unreachable() => new InMemorySource();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
