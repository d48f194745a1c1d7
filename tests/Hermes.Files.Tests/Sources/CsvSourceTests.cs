using System.ComponentModel.DataAnnotations;
using System.Text;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Files.Sources;
using Hermes.Files.Sources.Csv;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Files.Tests.Sources;

public sealed class CsvSourceTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly CsvSourceOptions _options = new();

    public CsvSourceTests() => _options.Path = _folder["people.csv"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_without_a_header_has_the_columns_that_the_options_name()
    {
        (_options.HasHeader, _options.Delimiter) = (false, ';');
        _options.Columns.Add("id");
        _options.Columns.Add("name");

        var rows = await ReadAsync("1;Ann\n2;\"B;ob\"\n");

        rows.Select(row => (row["id"], row["name"])).Should().Equal(("1", "Ann"), ("2", "B;ob"));
    }

    [Theory]
    [InlineData(EmptyField.NotSet, "", "")]
    [InlineData(EmptyField.Text, "text", "text")]
    [InlineData(EmptyField.TextIfQuoted, "", "text")]
    public async Task An_empty_field_means_what_the_option_says(EmptyField option, string plain, string quoted)
    {
        _options.EmptyFields = option;

        var row = (await ReadAsync("id,plain,quoted\n1,,\"\"\n")).Single();

        row["plain"].Should().Be(plain == "text" ? Value.From("") : Value.Null);
        row["quoted"].Should().Be(quoted == "text" ? Value.From("") : Value.Null);
    }

    [Theory]
    [InlineData("id,name\n1,Ann\n2\n", "line 3", "1 fields instead of 2")]
    [InlineData("id,name\n1,Ann,x\n", "line 2", "3 fields instead of 2")]
    [InlineData("id,name\n1,\"Ann\n2,Bob\n", "line 2", "never closed")]
    [InlineData("id,name\n1,A\"nn\n", "line 2", "quote")]
    [InlineData("id,name\n1,\"multi\nline\"\n2\n", "line 4", "1 fields")]
    public async Task A_malformed_record_is_an_error_with_its_line(string text, string line, string problem)
    {
        var failure = (await Reading(text).Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain(line).And.Contain(problem).And.Contain("people.csv").And.NotContain("Ann");
    }

    [Fact]
    public async Task A_text_that_is_not_of_its_columns_type_is_an_error_that_names_both()
    {
        _options.Types["age"] = CsvColumnType.Integer;

        var failure = (await Reading("id,age\n1,12\n2,secret\n").Should().ThrowAsync<SourceException>()).Which;

        failure.Message.Should().Contain("line 3").And.Contain("'age'").And.Contain("Integer").And.NotContain("secret");
    }

    [Theory]
    [InlineData(null, "2024-02-29", "2024-02-29T00:00:00")]
    [InlineData(null, "2024-02-29T12:34:56+02:00", "2024-02-29T10:34:56")]
    [InlineData("dd/MM/yyyy", "29/02/2024", "2024-02-29T00:00:00")]
    public async Task Dates_are_read_in_the_format_that_the_options_say(string? format, string text, string expected)
    {
        _options.Types["on"] = CsvColumnType.DateTime;
        if (format is not null)
            _options.Formats.Add(format);

        (await ReadAsync($"id,on\n1,{text}\n")).Single()["on"].ToString().Should().Be(expected);
    }

    [Fact]
    public async Task Two_columns_of_the_same_name_are_an_error()
    {
        (await Reading("id,name,name\n1,a,b\n").Should().ThrowAsync<SourceException>()).WithMessage("*'name'*");
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_read_if_the_option_names_it()
    {
        await File.WriteAllBytesAsync(_options.Path, Encoding.Latin1.GetBytes("id,name\n1,Zoë\n"));
        var wrong = () => Source().ReadAllAsync(TestFolder.Fetch());
        (await wrong.Should().ThrowAsync<SourceException>()).WithMessage("*encoding utf-8*");

        _options.Encoding = "windows-1252";

        (await Source().ReadAllAsync(TestFolder.Fetch())).Single()["name"].Should().Be(Value.From("Zoë"));
    }

    [Theory]
    [InlineData("id,name\n1,Ann\n2,Bob\nEND,2\n", null)]
    [InlineData("id,name\n1,Ann\n2,Bob\nEND,\n", null)]
    [InlineData("id,name\n1,Ann\n2,Bob\nEND\n", null)]
    [InlineData("id,name\n1,Ann\n2,Bob\n", "does not end with the trailer")]
    [InlineData("id,name\n1,Ann\nEND,2\n", "announces 2 rows")]
    [InlineData("id,name\n1,Ann\nEND,1\n2,Bob\n", "behind the trailer")]
    public async Task A_trailer_proves_that_the_file_is_whole(string text, string? problem)
    {
        (_options.Completeness, _options.Trailer) = (FileCompleteness.Trailer, "END");

        if (problem is null)
            (await ReadAsync(text)).Should().HaveCount(2);
        else
            (await Reading(text).Should().ThrowAsync<SourceException>()).WithMessage($"*{problem}*");
    }

    [Fact]
    public async Task A_companion_with_the_hash_proves_that_the_file_is_whole()
    {
        _options.Completeness = FileCompleteness.Sha256File;
        const string Text = "id,name\n1,Ann\n2,Bob\n";
        (await Reading(Text).Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Transient);

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
        _folder.Write("people.csv.sha256", $"{hash}  people.csv\n");
        (await ReadAsync(Text)).Should().HaveCount(2);

        (await Reading("id,name\n1,Ann\n").Should().ThrowAsync<SourceException>()).WithMessage("*hash*");
    }

    [Fact]
    public async Task A_done_file_must_be_there_and_not_be_older_than_the_file()
    {
        _options.Completeness = FileCompleteness.DoneFile;
        const string Text = "id\n1\n";
        (await Reading(Text).Should().ThrowAsync<SourceException>()).WithMessage("*people.csv.done*");

        var done = _folder.Write("people.csv.done", "");
        File.SetLastWriteTimeUtc(done, File.GetLastWriteTimeUtc(_options.Path).AddSeconds(1));
        (await Source().ReadAllAsync(TestFolder.Fetch())).Should().ContainSingle();

        File.SetLastWriteTimeUtc(done, File.GetLastWriteTimeUtc(_options.Path).AddSeconds(-1));
        var stale = () => Source().ReadAllAsync(TestFolder.Fetch());
        (await stale.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Transient);
    }

    [Fact]
    public async Task A_file_that_is_written_to_while_it_is_read_is_not_used()
    {
        _folder.Write("people.csv", "id\n1\n2\n3\n");

        var read = async () =>
        {
            await foreach (var row in Source().FetchAsync(TestFolder.Fetch(), default))
            {
                if (row.Values[0] == Value.From("2"))
                    await File.AppendAllTextAsync(_options.Path, "4\n");
            }
        };

        var failure = (await read.Should().ThrowAsync<SourceException>()).Which;
        failure.Fault.Should().Be(FaultKind.Transient);
        failure.Message.Should().Contain("while it was read");
    }

    [Fact]
    public async Task In_a_folder_the_query_names_the_file_and_cannot_leave_the_folder()
    {
        _folder.Write("groups.csv", "id\n7\n");
        _options.Path = _folder.Root;

        (await Source().ReadAllAsync(TestFolder.Fetch("groups.csv"))).Single()["id"].Should().Be(Value.From("7"));
        var leaving = () => Source().ReadAllAsync(TestFolder.Fetch("../../etc/passwd"));
        (await leaving.Should().ThrowAsync<SourceException>()).WithMessage("*leads out of the folder*");
        var nothing = () => Source().ReadAllAsync(TestFolder.Fetch());
        (await nothing.Should().ThrowAsync<SourceException>()).WithMessage("*Name the file*");
    }

    [Fact]
    public async Task An_empty_file_is_not_taken_for_no_rows()
    {
        (await Reading("").Should().ThrowAsync<SourceException>()).WithMessage("*empty*");
    }

    [Fact]
    public void Options_that_cannot_work_are_refused_at_once()
    {
        var noColumns = () => new CsvSource("people", new CsvSourceOptions { Path = "x", HasHeader = false });
        var noPath = () => new CsvSource("people", new CsvSourceOptions());
        var noTrailer = () => new CsvSource("people", new CsvSourceOptions { Path = "x", Completeness = FileCompleteness.Trailer });
        var noEncoding = () => new CsvSource("people", new CsvSourceOptions { Path = "x", Encoding = "klingon" });

        noColumns.Should().Throw<ValidationException>().WithMessage("*Columns*");
        noPath.Should().Throw<ValidationException>().WithMessage("*Path*");
        noTrailer.Should().Throw<ValidationException>().WithMessage("*Trailer*");
        noEncoding.Should().Throw<ValidationException>().WithMessage("*klingon*");
    }

    private CsvSource Source() => new("people", _options);

    private Func<Task> Reading(string text) => () => ReadAsync(text);

    private Task<List<Dictionary<string, Value>>> ReadAsync(string text)
    {
        _folder.Write("people.csv", text);
        return Source().ReadAllAsync(TestFolder.Fetch());
    }
}
