using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Templates;
using Hermes.Diff.Tests.Kit;
using Hermes.Templates;

namespace Hermes.Diff.Tests.Mapping;

public class MappingTests
{
    [Fact]
    public void Attribute_is_made_of_a_name_a_list_a_template_or_a_function()
    {
        Map(Types.Source("hr", "id").With("login", "UID"), ("id", 1), ("UID", "ann"))["login"].Should().Be((Value)"ann");
        Map(Types.Source("hr", "id").With("x", new[] { "a", "b", "c" }), ("id", 1), ("a", "1"), ("b", Value.Null), ("c", 3))["x"]
            .Should().Be(List("1", 3));
        Map(Types.Source("hr", "id").With("x", "{{ (a | default('')).split(';') | reject('==', '') | list }}"), ("id", 1), ("a", "r;;t"))["x"]
            .Should().Be(List("r", "t"));
        Map(Types.Source("hr", "id").With("x", "{{ a | default('none') }}"), ("id", 1), ("a", Value.Null))["x"].Should().Be((Value)"none");
        Map(Types.Source("hr", "id").With("x", new FunctionMapping(["b", "a"], remote => remote[0].AsInteger() - remote[1].AsInteger())), ("id", 1), ("a", 2), ("b", 9))
            ["x"].Should().Be((Value)7);
    }

    [Fact]
    public void Null_and_empty_lists_and_maps_are_not_set_but_the_empty_text_is()
    {
        var entry = Map(
            Types.Source("hr", "id", "null", "list", "map", "nulls", "text"),
            ("id", 1), ("null", Value.Null), ("list", ValueList.Empty), ("map", ValueMap.Empty), ("nulls", List(Value.Null, Value.Null)), ("text", ""));

        entry.Should().Equal(Entry.Of(("id", 1), ("text", "")));
    }

    [Fact]
    public void Nulls_in_lists_are_dropped_at_every_depth()
    {
        Map(Types.Source("hr", "id", "x"), ("id", 1), ("x", List(1, Value.Null, List(Value.Null, "a"), ValueMap.Create([new("m", List(Value.Null, 2))]))))["x"]
            .Should().Be(List(1, List("a"), ValueMap.Create([new("m", List(2))])));
    }

    [Fact]
    public void Templates_keep_types_and_see_the_cached_entry()
    {
        var source = Types.Source("hr", "id").With("code", "{{ code }}").With("first", "{{ ITEM_CACHED_VALUES.first | default(code) }}");
        var server = new Server(Types.Model(Types.Type("Users", ["id"], source)), new JinjaTemplateEngine());

        server.Rows("Users/hr", Entry.Of(("id", 1), ("code", "042"))).Poll();
        server.State.Stored("Users").Single().Sent.Should().Equal(Entry.Of(("id", 1), ("code", "042"), ("first", "042")));
        server.Rows("Users/hr", Entry.Of(("id", 1), ("code", "7"))).Poll();
        server.State.Stored("Users").Single().Sent["first"].Should().Be((Value)"042");
    }

    [Fact]
    public void Date_times_are_cut_to_seconds_only_if_asked_for()
    {
        var time = new DateTime(2024, 5, 1, 12, 34, 56).AddTicks(1234567);
        var whole = new DateTime(2024, 5, 1, 12, 34, 56);
        Map(Types.Source("hr", "id", "x"), ("id", 1), ("x", time))["x"].Should().Be((Value)time);

        var options = Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id", "x").With("y", "{{ [x] }}")));
        options.TruncateDateTimesToSeconds = true;
        var server = new Server(options, new JinjaTemplateEngine()).Rows("Users/hr", Entry.Of(("id", 1), ("x", time)));
        server.Poll();
        server.State.Stored("Users").Single().Sent.Should().Equal(Entry.Of(("id", 1), ("x", whole), ("y", List(whole))));
        server.Rows("Users/hr", Entry.Of(("id", 1), ("x", time.AddTicks(5)))).Poll().Should().BeEmpty();
    }

    public static TheoryData<Value, string> UnfitKeys => new()
    {
        { Value.Null, "is not set" },
        { List("a"), "is a list" },
        { ValueMap.Create([new("a", 1)]), "is a map" },
    };

    [Theory]
    [MemberData(nameof(UnfitKeys))]
    public void Key_that_is_missing_or_no_scalar_is_an_error_that_names_source_and_type(Value key, string problem)
    {
        Fail(Types.Source("hr", "id"), ("id", key)).Message.Should().Contain("type Users, source hr, attribute id").And.Contain(problem);
    }

    [Fact]
    public void Column_that_the_source_does_not_return_is_an_error_that_names_it()
    {
        Fail(Types.Source("hr", "id").With("login", "UID"), ("id", 1), ("uid", "ann")).Message.Should()
            .Contain("type Users, source hr").And.Contain("does not return 'UID'").And.Contain("id, uid");
    }

    [Fact]
    public void Row_with_too_few_values_is_the_fault_of_the_data_source()
    {
        var server = Server(Types.Source("hr", "id", "name")).RawRows("Users/hr", new SourceRow(new RowColumns("id", "name"), [1]));
        server.Invoking(it => it.Poll()).Should().Throw<EvaluationException>().WithMessage("*1 values and 2 columns*");
    }

    [Fact]
    public void Template_that_fails_on_one_row_abandons_the_poll_and_names_its_place_but_no_value()
    {
        var server = Server(Types.Source("hr", "id").With("x", "{{ a.split(';') | list }}"));
        server.Rows("Users/hr", Entry.Of(("id", 1), ("a", "p;q")), Entry.Of(("id", 2), ("a", "r"))).Poll();

        server.Rows("Users/hr", Entry.Of(("id", 1), ("a", 47114711)));
        var exception = server.Invoking(it => it.Poll()).Should().Throw<EvaluationException>().Which;
        exception.Place.Should().Be(new EvaluationPlace("Users", "hr", "1", "x", "{{ a.split(';') | list }}"));
        exception.ToString().Should().NotContain("47114711");
        server.Rows("Users/hr", Entry.Of(("id", 1), ("a", "p;q")), Entry.Of(("id", 2), ("a", "r"))).Poll().Should().BeEmpty("nothing was removed or changed");
    }

    [Fact]
    public void Function_that_fails_on_a_secret_does_not_show_it()
    {
        AttributeFunction fail = remote => throw new FormatException("bad value " + remote[0]);
        var exception = Fail(Types.Source("hr", "id").With("pw", new FunctionMapping(["a"], fail)).Secret("pw"), ("id", 1), ("a", "sesame"));
        exception.ToString().Should().NotContain("sesame").And.Contain("FormatException");
        var shared = Types.Source("hr", "id").With("pw", "a").With("x", new FunctionMapping(["a"], fail)).Secret("pw");
        Fail(shared, ("id", 1), ("a", "sesame")).ToString().Should().NotContain("sesame", "x reads what the secret is made of");
        Fail(Types.Source("hr", "id").With("x", new FunctionMapping(["a"], fail)), ("id", 1), ("a", "sesame")).InnerException.Should().BeOfType<FormatException>();
    }

    public static TheoryData<Value, string> UnfitValues => new()
    {
        { double.NaN, "not finite" },
        { double.PositiveInfinity, "not finite" },
        { List(1, List(double.NegativeInfinity)), "not finite" },
        { Enumerable.Range(0, 100).Aggregate((Value)1, (inner, _) => List(inner)), "64 levels" },
        { Value.From(new EntryObject("an entry", Entry.Empty)), "only templates can see" },
    };

    [Theory]
    [MemberData(nameof(UnfitValues))]
    public void Value_that_no_entry_can_hold_is_an_error(Value value, string problem)
    {
        Fail(Types.Source("hr", "id", "x"), ("id", 1), ("x", value)).Message.Should()
            .Contain("type Users, key 1, source hr, attribute x").And.Contain(problem);
    }

    [Fact]
    public void Nested_lists_survive()
    {
        var nested = Enumerable.Range(0, 60).Aggregate((Value)1, (inner, _) => List(inner));
        Map(Types.Source("hr", "id", "x"), ("id", 1), ("x", nested))["x"].Should().Be(nested);
    }

    private static Value List(params Value[] items) => ValueList.Create(items);

    private static Server Server(TypeSourceOptions source) => new(Types.Model(Types.Type("Users", ["id"], source)), new JinjaTemplateEngine());

    private static Entry Map(TypeSourceOptions source, params (string Name, Value Value)[] row)
    {
        var server = Server(source).RawRows("Users/hr", Row(row));
        return server.Poll().Should().ContainSingle().Which.Should().BeOfType<AddedChange>().Subject.Attributes;
    }

    private static EvaluationException Fail(TypeSourceOptions source, params (string Name, Value Value)[] row) =>
        Server(source).RawRows("Users/hr", Row(row)).Invoking(server => server.Poll()).Should().Throw<EvaluationException>().Which;

    private static SourceRow Row((string Name, Value Value)[] row) =>
        new(new RowColumns(row.Select(column => column.Name)), [.. row.Select(column => column.Value)]);
}
