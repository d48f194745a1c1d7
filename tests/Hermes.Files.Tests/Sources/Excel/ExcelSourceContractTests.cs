using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Files.Sources.Csv;
using Hermes.Files.Sources.Excel;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Files.Tests.Sources.Excel;

public sealed class ExcelSourceContractTests : SourceContract
{
    protected override Task<ITestSource> CreateSourceAsync() => Task.FromResult<ITestSource>(new TestSource());

    private sealed class TestSource : ITestSource
    {
        private readonly TestFolder _folder = new();
        private int _files;

        public IDataSource Source { get; private set; } = new ExcelSource("nothing", new ExcelSourceOptions { Path = "nothing.xlsx" });

        public IReadOnlySet<ValueKind> Kinds { get; } = new HashSet<ValueKind>
        {
            ValueKind.Boolean, ValueKind.Integer, ValueKind.Double, ValueKind.Decimal, ValueKind.String, ValueKind.DateTime,
        };

        // As texts, since Excel's own numbers have fifteen digits.
        public Task<SourceOperation> StoreAsync(ContractTable table)
        {
            var options = new ExcelSourceOptions { Path = _folder[$"{_files++}.xlsx"] };
            foreach (var column in table.Columns)
                options.Types[column.Name] = Enum.Parse<CsvColumnType>(column.Kind == ValueKind.String ? "Text" : column.Kind.ToString());
            Source = new ExcelSource("people", options);
            object?[][] rows =
            [
                [.. table.Columns.Select(column => column.Name)],
                .. table.Rows.Select(row => row.Select(value => value.IsNull ? null : (object)value.ToString()).ToArray()),
            ];
            TestWorkbook.Write(options.Path, ("People", rows));
            return Task.FromResult(TestFolder.Fetch("", [.. table.Columns.Select(column => column.Name)]));
        }

        public async Task<SourceOperation> StoreBrokenAsync()
        {
            var operation = await StoreAsync(ContractTable.People(50));
            using var file = File.OpenWrite(_folder[$"{_files - 1}.xlsx"]);
            file.SetLength(file.Length - 100);
            return operation;
        }

        public IDataSource Unreachable() => new ExcelSource("people", new ExcelSourceOptions { Path = _folder["elsewhere.xlsx"] });

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
