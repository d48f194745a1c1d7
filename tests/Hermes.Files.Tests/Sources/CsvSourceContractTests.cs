using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Files.Sources.Csv;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Files.Tests.Sources;

public sealed class CsvSourceContractTests : SourceContract
{
    protected override Task<ITestSource> CreateSourceAsync() => Task.FromResult<ITestSource>(new TestSource());

    private sealed class TestSource : ITestSource
    {
        private readonly TestFolder _folder = new();

        public IDataSource Source { get; private set; } = new CsvSource("nothing", new CsvSourceOptions { Path = "nothing.csv" });

        public IReadOnlySet<ValueKind> Kinds { get; } = new HashSet<ValueKind>
        {
            ValueKind.Boolean, ValueKind.Integer, ValueKind.Double, ValueKind.Decimal, ValueKind.String, ValueKind.DateTime,
        };

        public Task<SourceOperation> StoreAsync(ContractTable table)
        {
            var options = new CsvSourceOptions { Path = _folder["people.csv"] };
            foreach (var column in table.Columns)
                options.Types[column.Name] = Enum.Parse<CsvColumnType>(column.Kind == ValueKind.String ? "Text" : column.Kind.ToString());
            Source = new CsvSource("people", options);

            var text = new StringBuilder(string.Join(',', table.Columns.Select(column => column.Name))).AppendLine();
            foreach (var row in table.Rows)
                text.AppendLine(string.Join(',', row.Select(value => value.IsNull ? "" : $"\"{value.ToString().Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
            File.WriteAllText(options.Path, text.ToString());
            return Task.FromResult(TestFolder.Fetch("", [.. table.Columns.Select(column => column.Name)]));
        }

        public async Task<SourceOperation> StoreBrokenAsync()
        {
            var operation = await StoreAsync(ContractTable.People(50));
            await File.AppendAllTextAsync(_folder["people.csv"], "51,\"Person");
            return operation;
        }

        public IDataSource Unreachable() => new CsvSource("people", new CsvSourceOptions { Path = _folder["elsewhere.csv"] });

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
