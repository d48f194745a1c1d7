using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Files.Sources.Csv;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Files.Tests.Sources;

/// <summary>Files as people and spreadsheets write them.</summary>
public sealed class CsvLayoutTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly CsvSourceOptions _options = new();

    public CsvLayoutTests() => _options.Path = _folder["people.csv"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sep=;\r\nid;name\r\n1;a,b\r\n")]
    [InlineData("\uFEFFSEP=;\nid;name\n1;a,b\n")]
    [InlineData("sep=\t\nid\tname\n1\ta,b\n")]
    public async Task A_first_line_that_names_the_separator_is_followed(string text) =>
        (await ReadAsync(text)).Single()["name"].Should().Be(Value.From("a,b"));

    [Fact]
    public async Task Lines_are_counted_with_the_line_that_names_the_separator()
    {
        (await Reading("sep=;\nid;name\n1;a\n2\n").Should().ThrowAsync<SourceException>()).WithMessage("*line 4*");
    }

    [Fact]
    public async Task Columns_without_a_name_or_of_the_same_name_may_be_there_as_long_as_nobody_asks_for_them()
    {
        var row = (await ReadAsync("id,name,,name\n1,a,b,c\n", "id")).Single();
        row.Should().Equal(new Dictionary<string, Value> { ["id"] = "1" });

        (await Reading("id,name,,name\n1,a,b,c\n", "id", "name").Should().ThrowAsync<SourceException>()).WithMessage("*line 1*'name'*");
    }

    [Theory]
    [InlineData("id,name\n1,a\n,\n,\n")]
    [InlineData("id,name\n1,a\n,,,\n")]
    [InlineData("id,name\n1,a\n\n,\n\n")]
    public async Task Records_of_nothing_but_delimiters_at_the_end_are_left_out(string text) => (await ReadAsync(text)).Should().ContainSingle();

    [Fact]
    public async Task A_record_of_nothing_but_delimiters_before_others_is_a_row()
    {
        (await ReadAsync("id,name\n1,a\n,\n2,b\n")).Should().HaveCount(3);
        (await Reading("id,name\n1,a\n,,\n2,b\n").Should().ThrowAsync<SourceException>()).WithMessage("*line 3*3 fields*");
    }

    [Fact]
    public async Task A_type_of_a_column_that_is_not_there_is_an_error_with_near_names()
    {
        _options.Types["brithday"] = CsvColumnType.DateTime;
        (await Reading("id,birthday\n1,2000-01-01\n").Should().ThrowAsync<SourceException>()).WithMessage("*'brithday'*Types*'birthday'*");

        _options.Columns.Add("id");
        _options.Columns.Add("birthday");
        var make = () => new CsvSource("people", _options);
        make.Should().Throw<ValidationException>().WithMessage("*'brithday'*Did you mean 'birthday'*");
    }

    [Fact]
    public async Task An_integer_may_be_written_as_a_number_with_an_empty_fraction()
    {
        _options.Types["id"] = CsvColumnType.Integer;

        (await ReadAsync("id\n1.0\n2\n")).Select(row => row["id"]).Should().Equal(1, 2);
        await Reading("id\n1.5\n").Should().ThrowAsync<SourceException>();
    }

    [Fact]
    public async Task Columns_of_a_fixed_width_are_read()
    {
        _options.FieldWidths.Add(4);
        _options.FieldWidths.Add(8);
        _options.FieldWidths.Add(3);
        _options.Types["age"] = CsvColumnType.Integer;

        var rows = await ReadAsync("id  name    age\n1   Zoë Ann  36\n2   sep=;\n");

        rows[0].Should().Equal(new Dictionary<string, Value> { ["id"] = "1", ["name"] = "Zoë Ann", ["age"] = 36 });
        rows[1]["age"].Should().Be(Value.Null);
    }

    [Fact]
    public async Task Tab_separated_values_have_no_quotes_and_may_have_texts_that_mean_not_set()
    {
        (_options.Delimiter, _options.Quoting) = ('\t', CsvQuoting.None);
        _options.NullTexts.Add("\\N");
        (await ReadAsync("id\tname\n1\t\"a\n2\t\\N\n")).Select(row => row["name"]).Should().Equal("\"a", Value.Null);

        _options.Quoting = CsvQuoting.Backslash;
        (await ReadAsync("id\tname\n1\ta\\\tb\n")).Single()["name"].Should().Be(Value.From("a\tb"));
    }

    private Func<Task> Reading(string text, params string[] attributes) => () => ReadAsync(text, attributes);

    private Task<List<Dictionary<string, Value>>> ReadAsync(string text, params string[] attributes)
    {
        _folder.Write("people.csv", text);
        return new CsvSource("people", _options).ReadAllAsync(TestFolder.Fetch("", attributes));
    }
}
