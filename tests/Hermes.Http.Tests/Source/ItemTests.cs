using System.Text;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;

namespace Hermes.Http.Tests.Source;

public sealed class ItemTests
{
    [Fact]
    public async Task Attributes_are_members_pointers_or_names_for_pointers()
    {
        await using var service = await TestService.StartAsync(
            """{"data":{"people":[{"id":1,"name":{"family/name":"Ada~"},"emails":[{"value":"a@x"},{"value":"b@x"}],"a/b":true}],"total":1}}""");

        var row = (await service.ReadAsync(Reads.Fetch("", "/emails/1/value", "family", "id", "a/b"), options =>
        {
            (options.Items, options.TotalHeader, options.TotalPointer) = ("/data/people", null, "/data/total");
            options.Attributes["family"] = "/name/family~1name";
        })).Single();

        row.Should().Equal(new Dictionary<string, Value> { ["/emails/1/value"] = "b@x", ["family"] = "Ada~", ["id"] = 1, ["a/b"] = true });
    }

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("9223372036854775807")]
    [InlineData("18446744073709551615")]
    [InlineData("12345678901234567.891")]
    public async Task Numbers_keep_all_their_digits(string number)
    {
        await using var service = await TestService.StartAsync($$"""{"items":[{"id":1,"n":{{number}}}],"total":1}""");

        (await service.ReadAsync(Reads.Fetch("", "id", "n"), Total)).Single()["n"].ToString().Should().Be(number);
    }

    [Fact]
    public async Task An_attribute_that_is_missing_is_an_error_or_not_set_as_the_settings_say()
    {
        await using var service = await TestService.StartAsync("""{"items":[{"id":1}],"total":1}""");

        var read = () => service.ReadAsync(Reads.Fetch("", "id", "mail"), Total);
        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("'mail'").And.Contain("MissingAttributes");

        var row = (await service.ReadAsync(Reads.Fetch("", "id", "mail"), options =>
        {
            Total(options);
            options.MissingAttributes = MissingAttribute.NotSet;
        })).Single();
        row["mail"].Should().Be(Value.Null);
    }

    [Fact]
    public async Task A_key_may_have_several_parts()
    {
        await using var service = await TestService.StartAsync("""{"items":[{"g":1,"u":1},{"g":1,"u":2},{"g":2,"u":1}],"total":3}""");

        (await service.ReadAsync(Reads.Fetch("", "g", "u"), options =>
        {
            Total(options);
            options.Key.Clear();
            options.Key.Add("g");
            options.Key.Add("u");
        })).Should().HaveCount(3);
    }

    [Theory]
    [InlineData("application/json; charset=iso-8859-1", "iso-8859-1", null)]
    [InlineData("application/json; charset=\"utf-16\"", "utf-16", null)]
    [InlineData("application/json", "windows-1252", "windows-1252")]
    [InlineData("application/json", "utf-8", null)]
    public async Task Texts_are_read_in_the_encoding_that_the_answer_or_the_settings_say(string type, string written, string? set)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding(written).GetBytes("""[{"id":1,"name":"Zoë"}]""");
        await using var service = await TestService.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = type;
            context.Response.Headers["X-Total-Count"] = "1";
            await context.Response.Body.WriteAsync(bytes);
        });

        (await service.ReadAsync(Reads.Fetch("", "id", "name"), options => options.Encoding = set)).Single()["name"].Should().Be(Value.From("Zoë"));
    }

    [Fact]
    public async Task Bytes_that_do_not_fit_the_encoding_are_an_error_and_not_replaced()
    {
        await using var service = await TestService.StartAsync(async (context, _) =>
        {
            context.Response.Headers["X-Total-Count"] = "1";
            await context.Response.Body.WriteAsync(Encoding.Latin1.GetBytes("""[{"id":1,"name":"Zoë"}]"""));
        });

        var read = () => service.ReadAsync(Reads.Fetch("", "id", "name"));

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("utf-8").And.Contain("Set Encoding");
    }

    [Fact]
    public async Task Lines_of_json_are_items()
    {
        await using var service = await TestService.StartAsync(async (context, _) =>
        {
            context.Response.Headers["X-Total-Count"] = "2";
            await context.AnswerAsync("application/x-ndjson", "{\"id\":1}\r\n\n{\"id\":2}");
        });

        (await service.ReadIdsAsync(options => options.Format = HttpItemFormat.JsonLines)).Should().Equal(1, 2);
    }

    [Fact]
    public async Task Records_of_csv_are_items_whose_values_are_texts()
    {
        await using var service = await TestService.StartAsync(async (context, _) =>
        {
            context.Response.Headers["X-Total-Count"] = "2";
            await context.AnswerAsync("text/csv", "id;name;unused\r\n1;\"O\"\"Hara; Zoë\";x\r\n2;;y\r\n");
        });

        var rows = await service.ReadAsync(Reads.Fetch("", "id", "name"), options => (options.Format, options.Delimiter) = (HttpItemFormat.Csv, ';'));

        rows.Select(row => (row["id"], row["name"])).Should().Equal((Value.From("1"), Value.From("O\"Hara; Zoë")), (Value.From("2"), Value.Null));
    }

    [Theory]
    [InlineData("id,name\n1,\"cut")]
    [InlineData("id,name\n1")]
    [InlineData("")]
    [InlineData("id,id\n1,2\n")]
    [InlineData("name\nAda\n")]
    public async Task Csv_that_is_cut_off_or_lacks_the_key_is_refused(string text)
    {
        await using var service = await TestService.StartAsync(async (context, _) =>
        {
            context.Response.Headers["X-Total-Count"] = "1";
            await context.AnswerAsync("text/csv", text);
        });

        var read = () => service.ReadIdsAsync(options => options.Format = HttpItemFormat.Csv);

        await read.Should().ThrowAsync<SourceException>();
    }

    [Fact]
    public async Task Variables_are_put_into_the_address_and_the_body_without_changing_what_they_mean()
    {
        await using var service = await TestService.StartAsync("""{"items":[],"total":0}""");
        var operation = Reads.Fetch("sites/{site}/people?active={active}") with
        {
            Variables = new Dictionary<string, Value> { ["site"] = "a/b?c=d&e#f", ["active"] = true, ["filter"] = "x\"},{" },
        };

        await service.ReadAsync(operation, options =>
        {
            Total(options);
            (options.Method, options.Body) = (HttpSourceMethod.Post, """{"filter": {filter}}""");
        });

        var request = service.Requests.Single();
        Uri.UnescapeDataString(request.Target).Should().Be("/sites/a/b?c=d&e#f/people?active=true");
        request.Target.Should().Contain("%3F").And.Contain("%26").And.EndWith("/people?active=true");
        using var body = JsonDocument.Parse(request.Body);
        body.RootElement.GetProperty("filter").GetString().Should().Be("x\"},{");
    }

    [Theory]
    [InlineData("people/{nobody}", null, "stands for no variable")]
    [InlineData("people", "x", "used nowhere")]
    [InlineData("people/{v}", "..", "another place")]
    [InlineData("../people", null, "leads out")]
    [InlineData("people#x", null, "#")]
    public void A_query_that_cannot_be_meant_is_refused_before_anything_is_sent(string query, string? variable, string reason)
    {
        var operation = Reads.Fetch(query) with { Variables = variable is null ? new Dictionary<string, Value>() : new Dictionary<string, Value> { ["v"] = variable } };
        var options = new HttpSourceOptions { Address = "https://hr.example/api", Proof = ReadProof.TwoPasses };
        options.Key.Add("id");
        using var source = new HttpSource("hr", options);

        var fetch = () => source.FetchAsync(operation, default);

        fetch.Should().Throw<SourceException>().Which.Message.Should().Contain(reason);
    }

    private static void Total(HttpSourceOptions options) => (options.Items, options.TotalHeader, options.TotalPointer) = ("/items", null, "/total");
}
