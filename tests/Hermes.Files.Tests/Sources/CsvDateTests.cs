using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Files.Sources.Csv;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Files.Tests.Sources;

public sealed class CsvDateTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly CsvSourceOptions _options = new();

    public CsvDateTests()
    {
        _options.Path = _folder["people.csv"];
        _options.Types["on"] = CsvColumnType.DateTime;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2024-04-03", "2024-04-03T00:00:00")]
    [InlineData("2024-04-03T12:34", "2024-04-03T12:34:00")]
    [InlineData("2024-04-03 12:34:56", "2024-04-03T12:34:56")]
    [InlineData("2024-04-03T12:34:56.5", "2024-04-03T12:34:56.5")]
    [InlineData("2024-04-03T12:34:56.123456789Z", "2024-04-03T12:34:56.1234567")]
    [InlineData("2024-04-03T12:34:56-01:30", "2024-04-03T14:04:56")]
    [InlineData("2024-04-03 12:34:56+02", "2024-04-03T10:34:56")]
    public async Task Dates_in_the_forms_of_iso_8601_are_read(string text, string expected) =>
        (await ReadAsync(text))["on"].ToString().Should().Be(expected);

    [Theory]
    [InlineData("03/04/2024")]
    [InlineData("03-04-2024")]
    [InlineData("03.04.2024")]
    [InlineData("1/12/2024")]
    [InlineData("03/04/24")]
    [InlineData("12:34")]
    [InlineData("12:34:56")]
    [InlineData("2024-4-3")]
    [InlineData("2024-13-01")]
    [InlineData("2024-04-03T25:00")]
    [InlineData("2024/04/03")]
    [InlineData("April 3, 2024")]
    [InlineData("0001-01-01T00:00:00+02:00")]
    [InlineData("9999-12-31T23:59:59-02:00")]
    public async Task Other_forms_are_refused_with_line_column_and_the_setting_that_reads_them(string text)
    {
        var failure = (await Reading(text).Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain("line 2").And.Contain("'on'").And.Contain("Formats").And.Contain("ColumnFormats:on").And.NotContain(text);
    }

    [Fact]
    public async Task Other_forms_are_read_in_the_format_of_all_columns_or_of_one()
    {
        _options.Formats.Add("dd.MM.yyyy");
        (await ReadAsync("03.04.2024"))["on"].Should().Be(Value.From(new DateTime(2024, 4, 3)));

        _options.ColumnFormats["on"] = ["M/d/yyyy", "M/d/yyyy H:mm"];
        (await ReadAsync("4/3/2024 7:05"))["on"].Should().Be(Value.From(new DateTime(2024, 4, 3, 7, 5, 0)));
        await Reading("03.04.2024").Should().ThrowAsync<SourceException>();
    }

    [Fact]
    public async Task A_date_that_two_formats_read_differently_is_refused()
    {
        _options.ColumnFormats["on"] = ["dd/MM/yyyy", "MM/dd/yyyy"];

        (await ReadAsync("04/04/2024"))["on"].Should().Be(Value.From(new DateTime(2024, 4, 4)));
        (await ReadAsync("13/04/2024"))["on"].Should().Be(Value.From(new DateTime(2024, 4, 13)));
        await Reading("03/04/2024").Should().ThrowAsync<SourceException>();
    }

    [Theory]
    [InlineData("HH:mm")]
    [InlineData("dd/MM")]
    [InlineData("%")]
    [InlineData("yyyy-mm-dd")]
    public void A_format_without_year_month_and_day_is_refused_at_once(string format)
    {
        _options.ColumnFormats["on"] = [format];

        var make = () => new CsvSource("people", _options);

        make.Should().Throw<ValidationException>().WithMessage($"*'{format}'*");
    }

    private Func<Task> Reading(string text) => () => ReadAsync(text);

    private async Task<Dictionary<string, Value>> ReadAsync(string text)
    {
        _folder.Write("people.csv", $"id,on\n1,\"{text}\"\n");
        return (await new CsvSource("people", _options).ReadAllAsync(TestFolder.Fetch())).Single();
    }
}
