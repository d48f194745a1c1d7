using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Testing.Contracts.Sources;
using Hermes.Testing.Sources;

namespace Hermes.Testing.Tests.Sources;

public sealed class InMemoryChangeFeedContractTests() : InMemoryChangeFeedContract(tellsDeletions: true);

public sealed class InMemoryChangeFeedWithoutDeletionsContractTests() : InMemoryChangeFeedContract(tellsDeletions: false);

public abstract class InMemoryChangeFeedContract(bool tellsDeletions) : ChangeFeedContract
{
    protected override Task<ITestFeed> CreateFeedAsync() => Task.FromResult<ITestFeed>(new TestFeed(tellsDeletions));

    private sealed class TestFeed : ITestFeed
    {
        private readonly InMemorySource _source = new();
        private readonly InMemoryChangeFeed _feed;
        private InMemoryTable _table;

        public TestFeed(bool tellsDeletions)
        {
            _feed = new InMemoryChangeFeed(_source, new ChangeFeedCapabilities(tellsDeletions), "id");
            _table = _source.Table("t");
        }

        public IChangeFeedSource Feed => _feed;

        public Task<SourceOperation> StoreAsync(ContractTable table)
        {
            _table = _source.Table("t", table.Columns.Select(column => column.Name));
            foreach (var row in table.Rows)
                _table.Add(row);
            return Task.FromResult(new SourceOperation(SourceOperationKind.Fetch, "t", new Dictionary<string, Value>(), ["id", "label", "note"]));
        }

        public Task PutAsync(params Value[] row)
        {
            if (_table.Set(row[0], "label", row[1]) == 0)
                _table.Add(row);
            else
                _table.Set(row[0], "note", row[2]);
            return Task.CompletedTask;
        }

        public Task DeleteAsync(Value id)
        {
            _table.Remove(id);
            return Task.CompletedTask;
        }

        public Task<bool> ForgetAsync()
        {
            _feed.ForgetCursors("t");
            return Task.FromResult(true);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
