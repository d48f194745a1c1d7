using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.Tests;

public sealed class ObjectTests
{
    private static readonly JinjaTemplateEngine Engine = new();

    [Theory]
    [InlineData("{{ entry.login }}", "\"ann\"")]
    [InlineData("{{ entry['login'] | upper }}", "\"ANN\"")]
    [InlineData("{{ entry.phone is defined }}", "false")]
    [InlineData("{{ entry.phone | default('none') }}", "\"none\"")]
    [InlineData("{{ entry.get('login') }}", "\"ann\"")]
    [InlineData("{{ entry.get('phone', 'x') }}", "\"x\"")]
    [InlineData("{{ entry.login in keys }}", "true")]
    [InlineData("{{ 'bob' in keys }}", "false")]
    [InlineData("{{ 'bob' not in keys }}", "true")]
    [InlineData("{{ keys | length }}", "2")]
    [InlineData("{{ keys | list }}", "[\"ann\", \"eve\"]")]
    [InlineData("{{ keys }}", "[\"ann\", \"eve\"]")]
    [InlineData("{{ keys | first }}", "\"ann\"")]
    [InlineData("{{ keys[-1] }}", "\"eve\"")]
    [InlineData("{{ keys[:1] }}", "[\"ann\"]")]
    [InlineData("{{ keys is iterable and entry is not iterable }}", "true")]
    [InlineData("{{ 'yes' if keys else 'no' }}", "\"yes\"")]
    [InlineData("{{ [{'v': entry}] | map(attribute='v.login') | join }}", "\"ann\"")]
    [InlineData("{{ entry == entry }}", "true")]
    [InlineData("{{ entry | attr('login') }}", "\"ann\"")]
    public void Objects_show_what_they_override(string text, string expected)
    {
        Evaluate(text).Should().Be(Cases.TypedJson.Read(System.Text.Json.JsonDocument.Parse(expected).RootElement));
    }

    [Theory]
    [InlineData("{{ entry.unknown }}", "There is no 'unknown' in the entry")]
    [InlineData("{{ entry.unknown is defined }}", "There is no 'unknown' in the entry")]
    [InlineData("{{ entry }}", "which is no plain value")]
    [InlineData("{{ entry | list }}", "A list is needed here, not the entry")]
    [InlineData("{{ 'a' in entry }}", "Nothing can be in the entry")]
    [InlineData("{{ entry.phone | lower }}", "'entry.phone' is not set")]
    public void Objects_show_nothing_else(string text, string reason)
    {
        FluentActions.Invoking(() => Evaluate(text)).Should().Throw<TemplateException>().Which.Reason.Should().Contain(reason);
    }

    [Fact]
    public void Membership_in_an_object_asks_the_object_once()
    {
        var keys = new Keys("ann");

        Engine.Compile("{{ 'eve' in keys }}").Evaluate([Value.From(keys)]);

        keys.Asked.Should().Be(1);
        keys.Enumerated.Should().Be(0);
    }

    private static Value Evaluate(string text)
    {
        var template = Engine.Compile(text);
        return template.Evaluate([.. template.Variables.Select(name => Value.From(name == "entry" ? new Item() : new Keys("ann", "eve")))]);
    }

    private sealed class Item : TemplateObject
    {
        public override string Description => "the entry";

        public override bool TryGetMember(string name, out Value value)
        {
            value = name == "login" ? "ann" : Value.Undefined;
            return name is "login" or "phone";
        }
    }

    private sealed class Keys(params string[] keys) : TemplateObject
    {
        public int Asked { get; private set; }

        public int Enumerated { get; private set; }

        public override string Description => "the keys of Users";

        public override int? Count => keys.Length;

        public override IEnumerable<Value> Items
        {
            get
            {
                Enumerated++;
                return keys.Select(key => Value.From(key));
            }
        }

        public override bool? Contains(Value item)
        {
            Asked++;
            return item.TryGetString(out var key) && keys.Contains(key);
        }
    }
}
