using System.IO.Compression;
using System.Text;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Files.Sources;
using Hermes.Files.Sources.Csv;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Files.Tests.Sources;

/// <summary>What holds for files whatever is in them.</summary>
public sealed class FileReadTests : IDisposable
{
    private static readonly byte[] NoText = [0xff];

    private readonly TestFolder _folder = new();
    private readonly CsvSourceOptions _options = new();

    public FileReadTests() => _options.Path = _folder["people.csv"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bytes_that_are_no_text_are_an_error_with_line_and_column()
    {
        Write("people.csv", [.. Encoding.UTF8.GetBytes("id,name\r\n1,Zoë\r\n2,An"), 0xe9, .. "n\r\n"u8]);

        (await Reading().Should().ThrowAsync<SourceException>()).WithMessage("*people.csv*, line 3, column 5*utf-8*Encoding*").Which.Fault.Should().Be(FaultKind.Permanent);
    }

    [Theory]
    [InlineData("utf-8", "iso-8859-1", "3")]
    [InlineData("utf-16", "utf-8", "3")]
    [InlineData("utf-16BE", "windows-1252", "3")]
    [InlineData("utf-32", "utf-8", "3")]
    public async Task A_byte_order_mark_goes_before_the_setting_and_bytes_that_are_no_text_are_an_error_all_the_same(string real, string set, string line)
    {
        _options.Encoding = set;
        var encoding = Encoding.GetEncoding(real);
        var whole = encoding.GetPreamble().Concat(encoding.GetBytes("id,name\n1,Zoë\n")).ToArray();
        Write("people.csv", whole);
        (await ReadAsync()).Single()["name"].Should().Be(Value.From("Zoë"));

        byte[] broken = real switch
        {
            "utf-16" => [0x00, 0xd8, 0x0a, 0x00],
            "utf-16BE" => [0xd8, 0x00, 0x00, 0x0a],
            "utf-32" => [0xff, 0xff, 0xff, 0xff],
            _ => NoText,
        };
        Write("people.csv", [.. whole, .. broken]);
        (await Reading().Should().ThrowAsync<SourceException>()).WithMessage($"*line {line}, column 1*");
    }

    [Fact]
    public async Task A_compressed_file_is_read_and_one_that_is_cut_off_is_not()
    {
        _options.Path = _folder["people.csv.gz"];
        var text = "id,name\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},name of {i * 7919}\n"));
        var compressed = GZip(text);
        Write("people.csv.gz", compressed);
        (await ReadAsync()).Should().HaveCount(5000);

        Write("people.csv.gz", compressed[..^2000]);
        (await Reading().Should().ThrowAsync<SourceException>()).WithMessage("*cut off or damaged*").Which.Fault.Should().Be(FaultKind.Transient);

        Write("people.csv.gz", Encoding.UTF8.GetBytes(text));
        (await Reading().Should().ThrowAsync<SourceException>()).WithMessage("*gzip*Compression*");

        _options.Compression = FileCompression.None;
        (await ReadAsync()).Should().HaveCount(5000);
    }

    [Fact]
    public async Task The_hash_of_a_compressed_file_is_that_of_its_compressed_bytes()
    {
        (_options.Path, _options.Completeness) = (_folder["people.csv.gz"], FileCompleteness.Sha256File);
        var compressed = GZip("id,name\n1,a\n");
        Write("people.csv.gz", compressed);
        _folder.Write("people.csv.gz.sha256", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(compressed)));

        (await ReadAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_pattern_reads_all_files_that_it_finds_in_the_order_of_their_names()
    {
        (_options.Path, _options.Completeness) = (_folder["people-*.csv"], FileCompleteness.DoneFile);
        foreach (var name in new[] { "people-b.csv", "people-a.csv", "others.csv" })
        {
            _folder.Write(name, $"id,file\n1,{name}\n");
            File.SetLastWriteTimeUtc(_folder.Write(name + ".done", ""), DateTime.UtcNow.AddMinutes(1));
        }

        (await ReadAsync()).Select(row => row["file"]).Should().Equal("people-a.csv", "people-b.csv");

        _options.Path = _folder["nobody-*.csv"];
        (await Reading().Should().ThrowAsync<SourceException>()).WithMessage("*no file is named like*nobody-*");
    }

    [Fact]
    public async Task A_file_that_appears_while_others_are_read_makes_the_read_fail()
    {
        _options.Path = _folder["people-*.csv"];
        _folder.Write("people-a.csv", "id\n1\n");

        var read = () => ReadAsync(() => _folder.Write("people-b.csv", "id\n2\n"));

        (await read.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Transient);
    }

    [Fact]
    public async Task A_file_that_is_replaced_while_it_is_read_is_not_used()
    {
        _folder.Write("people.csv", "id\n1\n");

        var read = () => ReadAsync(() =>
        {
            var other = _folder.Write("other.csv", "id\n2\n");
            File.SetLastWriteTimeUtc(other, File.GetLastWriteTimeUtc(_options.Path));
            File.Move(other, _options.Path, overwrite: true);
        });

        (await read.Should().ThrowAsync<SourceException>()).WithMessage("*replaced while it was read*").Which.Fault.Should().Be(FaultKind.Transient);
    }

    [Fact]
    public async Task A_link_that_leads_to_another_file_while_it_is_read_makes_the_read_fail()
    {
        foreach (var name in new[] { "a.csv", "b.csv" })
            File.SetLastWriteTimeUtc(_folder.Write(name, "id\n1\n"), new DateTime(2024, 1, 1));
        File.CreateSymbolicLink(_options.Path, _folder["a.csv"]);

        var read = () => ReadAsync(() =>
        {
            File.Delete(_options.Path);
            File.CreateSymbolicLink(_options.Path, _folder["b.csv"]);
        });

        await read.Should().ThrowAsync<SourceException>().WithMessage("*replaced while it was read*");
    }

    private static byte[] GZip(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return buffer.ToArray();
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(_folder[name], bytes);

    private Func<Task> Reading() => () => ReadAsync();

    private Task<List<Dictionary<string, Value>>> ReadAsync() => new CsvSource("people", _options).ReadAllAsync(TestFolder.Fetch());

    private async Task ReadAsync(Action meanwhile)
    {
        await foreach (var row in new CsvSource("people", _options).FetchAsync(TestFolder.Fetch(), default))
        {
            _ = row;
            meanwhile();
        }
    }
}
