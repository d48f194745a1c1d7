using System.Text;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Files.Sources.JsonLines;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Files.Tests.Sources;

public sealed class JsonLinesSourceContractTests : SourceContract
{
    protected override Task<ITestSource> CreateSourceAsync() => Task.FromResult<ITestSource>(new TestSource());

    private sealed class TestSource : ITestSource
    {
        private readonly TestFolder _folder = new();

        public TestSource() => Source = new JsonLinesSource("people", new JsonLinesSourceOptions { Path = _folder["people.jsonl"] });

        public IDataSource Source { get; }

        public IReadOnlySet<ValueKind> Kinds { get; } =
            new HashSet<ValueKind> { ValueKind.Boolean, ValueKind.Integer, ValueKind.Double, ValueKind.String, ValueKind.List, ValueKind.Map };

        public Task<SourceOperation> StoreAsync(ContractTable table)
        {
            var text = new StringBuilder();
            foreach (var row in table.Rows)
            {
                using var buffer = new MemoryStream();
                using (var writer = new Utf8JsonWriter(buffer))
                    PlainJson.WriteMap(writer, table.Columns.Select((column, i) => new KeyValuePair<string, Value>(column.Name, row[i])));
                text.Append(Encoding.UTF8.GetString(buffer.ToArray())).Append('\n');
            }

            _folder.Write("people.jsonl", text.ToString());
            return Task.FromResult(TestFolder.Fetch("", [.. table.Columns.Select(column => column.Name)]));
        }

        public async Task<SourceOperation> StoreBrokenAsync()
        {
            var operation = await StoreAsync(ContractTable.People(50));
            await File.AppendAllTextAsync(_folder["people.jsonl"], "{\"id\": 51, \"na");
            return operation;
        }

        public IDataSource Unreachable() => new JsonLinesSource("people", new JsonLinesSourceOptions { Path = _folder["elsewhere.jsonl"] });

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
