using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Files.Sources;
using Hermes.Files.Sources.JsonLines;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Files.Tests.Sources;

public sealed class JsonLinesSourceTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly JsonLinesSourceOptions _options = new();

    public JsonLinesSourceTests() => _options.Path = _folder["people.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Values_are_typed_as_json_types_them()
    {
        const string Line = """{"i":7,"big":12345678901234567890,"d":1.50,"exact":0.12345678901234567890123,"s":"2024-01-01","n":null,"l":[1,"a"],"m":{"x":true}}""";

        var row = (await ReadAsync(Line)).Single();

        row["i"].Should().Be(Value.From(7));
        row["big"].Should().Be(Value.From(12345678901234567890m));
        row["d"].Should().Be(Value.From(1.5));
        row["exact"].Should().Be(Value.From(0.12345678901234567890123m));
        row["s"].Should().Be(Value.From("2024-01-01"));
        row["n"].Should().Be(Value.Null);
        row["l"].Should().Be(Value.From(ValueList.Create([1, "a"])));
        row["m"].Should().Be(Value.From(ValueMap.Create([new("x", true)])));
    }

    [Fact]
    public async Task A_member_that_is_missing_is_missing_in_its_row()
    {
        var rows = await ReadAsync("{\"id\":1,\"name\":\"a\"}\n\n{\"id\":2}\n", "id", "name");

        rows[0].Should().ContainKey("name");
        rows[1].Should().NotContainKey("name");
    }

    [Fact]
    public async Task A_member_that_is_missing_is_not_set_if_the_option_says_so()
    {
        _options.MissingMembers = MissingMember.NotSet;

        var rows = await ReadAsync("{\"id\":1,\"name\":\"a\",\"other\":3}\n{\"id\":2}\n", "id", "name");

        rows.Select(row => row["name"]).Should().Equal("a", Value.Null);
        rows[0].Should().NotContainKey("other");
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "1e0")]
    [InlineData("-250", "-2.5E2")]
    public async Task A_whole_number_is_an_integer_however_it_is_written(string integer, string same)
    {
        var rows = await ReadAsync($"{{\"id\":{integer},\"n\":\"Ann\"}}\n{{\"id\":{same},\"n\":\"Ann\"}}\n");

        rows[1].Should().Equal(rows[0]);
        rows[1]["id"].Kind.Should().Be(ValueKind.Integer);
    }

    [Fact]
    public async Task A_fraction_too_small_for_a_decimal_is_not_zero()
    {
        (await ReadAsync("{\"d\":1e-40}")).Single()["d"].Should().Be(Value.From(1e-40));
    }

    [Theory]
    [InlineData("""{"id":1,"n":"x"}""" + "\n" + """{"id":2,"n":"a\ud83d"}""", "line 2")]
    [InlineData("""{"id":1,"m\udc00":"x"}""", "line 1")]
    [InlineData("""[{"id":1},{"id":2,"n":"a\ud83d"}]""", "object 2")]
    public async Task Half_a_surrogate_pair_is_an_error_with_source_file_and_line(string text, string place)
    {
        var failure = (await Reading(text).Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.ToString().Should().Contain("'people'").And.Contain("people.jsonl").And.Contain(place).And.Contain("surrogate").And.NotContain("ud83d\"");
    }

    [Fact]
    public async Task A_file_may_be_one_array_of_objects()
    {
        var rows = await ReadAsync("\n [ {\"id\":1,\"n\":\"Zoë\"},\n {\"id\":2.0,\"n\":null} ]\n");

        rows.Select(row => row["id"]).Should().Equal(1, 2);
        rows[0]["n"].Should().Be(Value.From("Zoë"));
        (await ReadAsync("[]")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("[{\"id\":1},{\"id\":2}", "object")]
    [InlineData("[{\"id\":1},7]", "object 2")]
    [InlineData("[{\"id\":1}] x", "object")]
    public async Task An_array_that_is_cut_off_or_holds_something_else_is_an_error(string text, string place)
    {
        var failure = (await Reading(text).Should().ThrowAsync<SourceException>()).Which;

        failure.Message.Should().Contain(place).And.Contain("people.jsonl");
    }

    [Theory]
    [InlineData("{\"id\":1}\n{\"id\":2,\n", "line 2")]
    [InlineData("{\"id\":1}\n[1]\n", "line 2")]
    [InlineData("{\"id\":1} {\"id\":2}\n", "line 1")]
    [InlineData("{\"id\":1}\n\n{\"secret\":1,\"secret\":2}\n", "line 3")]
    [InlineData("{\"id\":1e999}\n", "line 1")]
    public async Task A_line_that_is_no_proper_object_is_an_error_with_its_number(string text, string line)
    {
        var failure = (await Reading(text).Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain(line).And.Contain("people.jsonl");
    }

    [Theory]
    [InlineData("{\"id\":1}\n{\"id\":2}\n{\"rows\":2}\n", null)]
    [InlineData("{\"id\":1}\n{\"rows\":2}\n", "announces 2 rows")]
    [InlineData("{\"id\":1}\n{\"id\":2}\n", "trailer")]
    [InlineData("{\"id\":1}\n{\"rows\":1}\n{\"id\":2}\n", "behind the trailer")]
    public async Task A_trailer_proves_that_the_file_is_whole(string text, string? problem)
    {
        (_options.Completeness, _options.Trailer) = (FileCompleteness.Trailer, "rows");

        if (problem is null)
            (await ReadAsync(text)).Should().HaveCount(2);
        else
            (await Reading(text).Should().ThrowAsync<SourceException>()).WithMessage($"*{problem}*");
    }

    private Func<Task> Reading(string text) => () => ReadAsync(text);

    private Task<List<Dictionary<string, Value>>> ReadAsync(string text, params string[] attributes)
    {
        _folder.Write("people.jsonl", text);
        return new JsonLinesSource("people", _options).ReadAllAsync(TestFolder.Fetch("", attributes));
    }
}
