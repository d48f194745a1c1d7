using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hermes.Tool.Control;

/// <summary>The options that say what of a list is meant.</summary>
internal sealed class FilterOptions
{
    private static readonly (string Option, string Parameter, string HelpName, string Description)[] All =
    [
        ("--type", "type", "NAME", "The data type."),
        ("--key", "key", "KEY", "The key, as JSON; what is no JSON is a text. For a text of digits: '\"7\"'."),
        ("--key-prefix", "keyPrefix", "TEXT", "How the key begins."),
        ("--text", "text", "TEXT", "What the message holds."),
        ("--kind", "kind", "NAME", "The kind of event."),
        ("--state", "state", "NAME", "The state: Waiting or Failed."),
        ("--group", "group", "ID", "The group of failures."),
    ];

    private readonly List<(string Parameter, Option<string?> Option)> _options = [];
    private readonly Option<int> _limit = new("--limit") { Description = "How many at most.", HelpName = "NUMBER", DefaultValueFactory = _ => 100 };

    /// <summary>Adds options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isList">Whether it lists, and so not too much.</param>
    /// <param name="parameters">The parameters that the list knows.</param>
    public FilterOptions(Command command, bool isList, params string[] parameters)
    {
        foreach (var (name, parameter, helpName, description) in All.Where(one => parameters.Contains(one.Parameter)))
        {
            var option = new Option<string?>(name) { Description = description, HelpName = helpName };
            _options.Add((parameter, option));
            command.Options.Add(option);
        }

        _limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--limit is a number from 1 on.");
        });
        if (isList)
            command.Options.Add(_limit);
    }

    /// <summary>The parameters that all lists have by which the error queue is filtered.</summary>
    public static string[] OfQueue => [.. All.Select(one => one.Parameter)];

    /// <summary>How many are wanted at most.</summary>
    public int LimitOf(ParseResult arguments) => arguments.GetValue(_limit);

    /// <summary>The filter as parameters of an address.</summary>
    public IEnumerable<KeyValuePair<string, string>> QueryOf(ParseResult arguments) =>
        from one in _options
        let value = arguments.GetValue(one.Option)
        where value is not null
        select KeyValuePair.Create(one.Parameter, value);

    /// <summary>The filter as JSON; null if nothing is said.</summary>
    public JsonObject? BodyOf(ParseResult arguments)
    {
        var body = new JsonObject();
        foreach (var (name, value) in QueryOf(arguments))
            body[name] = name == "key" ? KeyOf(value) : value;
        return body.Count == 0 ? null : body;
    }

    /// <summary>A key: JSON, or else a text.</summary>
    public static JsonNode KeyOf(string text)
    {
        try
        {
            return JsonNode.Parse(text) ?? JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
