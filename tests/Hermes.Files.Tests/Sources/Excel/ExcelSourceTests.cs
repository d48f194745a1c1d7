using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Files.Sources;
using Hermes.Files.Sources.Csv;
using Hermes.Files.Sources.Excel;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Files.Tests.Sources.Excel;

public sealed class ExcelSourceTests : IDisposable
{
    private static readonly DateTime Noon = new(2024, 5, 1, 12, 30, 0);

    private readonly TestFolder _folder = new();
    private readonly ExcelSourceOptions _options;

    public ExcelSourceTests() => _options = new ExcelSourceOptions { Path = _folder["people.xlsx"] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cells_are_what_they_are_in_the_sheet()
    {
        Write(["text", "whole", "fraction", "date", "truth", "none"], ["007", 42d, 1.5, Noon, true, null]);

        var row = (await ReadAsync()).Should().ContainSingle().Subject;

        row["text"].Should().Be((Value)"007");
        row["whole"].Should().Be((Value)42, "a number of Excel is an integer if it is whole");
        row["fraction"].Should().Be((Value)1.5);
        row["date"].Should().Be((Value)Noon);
        row["truth"].Should().Be((Value)true);
        row["none"].IsNull.Should().BeTrue();
    }

    [Fact]
    public async Task Types_make_one_kind_of_what_people_typed()
    {
        _options.Types["id"] = CsvColumnType.Text;
        _options.Types["n"] = CsvColumnType.Integer;
        _options.Types["x"] = CsvColumnType.Decimal;
        _options.Types["d"] = CsvColumnType.DateTime;
        _options.Types["b"] = CsvColumnType.Boolean;
        _options.Formats.Add("dd.MM.yyyy");
        Write(["id", "n", "x", "d", "b"], [7d, "7", 0.1, "01.05.2024", 1d], ["x7", 7d, "0.10", Noon, "false"]);

        var rows = await ReadAsync();

        rows.Select(row => row["id"]).Should().Equal("7", "x7");
        rows.Select(row => row["n"]).Should().Equal(7, 7);
        rows.Select(row => row["x"]).Should().Equal(0.1m, 0.10m);
        rows.Select(row => row["d"]).Should().Equal(new DateTime(2024, 5, 1), Noon);
        rows.Select(row => row["b"]).Should().Equal(true, false);
    }

    [Fact]
    public async Task A_sheet_is_found_by_its_name_and_its_header_in_any_row()
    {
        (_options.Sheet, _options.HeaderRow) = ("staff", 3);
        TestWorkbook.Write(_options.Path, ("Notes", [["nothing"]]), ("Staff", [["List of staff"], [], ["id", "", "name"], [], [1d, "no name", "Ann"], [null, "", null]]));

        (await ReadAsync()).Should().ContainSingle().Which.Should().Equal(new Dictionary<string, Value> { ["id"] = 1, ["name"] = "Ann" });
    }

    [Fact]
    public async Task A_sheet_that_is_not_there_is_told_with_those_that_are_like_it()
    {
        _options.Sheet = "Stuff";
        TestWorkbook.Write(_options.Path, ("Notes", [["x"]]), ("Staff", [["id"]]));

        (await FluentActions.Awaiting(ReadAsync).Should().ThrowAsync<SourceException>()).WithMessage("*people.xlsx'*no sheet 'Stuff'*'Staff'*")
            .Which.Fault.Should().Be(FaultKind.Permanent);
    }

    [Fact]
    public async Task The_error_of_a_formula_is_told_with_row_and_column()
    {
        Write(["id", "name"], [1d, "Ann"], [2d, new TestWorkbook.Error("#N/A")]);

        (await FluentActions.Awaiting(ReadAsync).Should().ThrowAsync<SourceException>()).WithMessage("*row 3: The column 'name' holds the error of a formula*");
    }

    [Fact]
    public async Task A_value_of_another_type_is_told_with_row_and_column_and_not_shown()
    {
        _options.Types["age"] = CsvColumnType.Integer;
        Write(["id", "age"], [1d, "thirty-six"]);

        (await FluentActions.Awaiting(ReadAsync).Should().ThrowAsync<SourceException>()).WithMessage("*row 2: The column 'age' holds a value that is not of type Integer.*")
            .Which.ToString().Should().NotContain("thirty-six");
    }

    [Fact]
    public async Task What_is_no_workbook_says_so()
    {
        _folder.Write("people.xlsx", "id;name");

        (await FluentActions.Awaiting(ReadAsync).Should().ThrowAsync<SourceException>()).WithMessage("*people.xlsx'*");
    }

    [Fact]
    public void A_trailer_is_refused() =>
        FluentActions.Invoking(() => new ExcelSource("people", new ExcelSourceOptions { Path = "x", Completeness = FileCompleteness.Trailer, Trailer = "END" }))
            .Should().Throw<ValidationException>().WithMessage("*no trailer*");

    private void Write(params object?[][] rows) => TestWorkbook.Write(_options.Path, ("People", rows));

    private Task<List<Dictionary<string, Value>>> ReadAsync() => new ExcelSource("people", _options).ReadAllAsync(TestFolder.Fetch());
}
