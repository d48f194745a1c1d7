using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Http.Connection;

namespace Hermes.Http.Source;

/// <summary>The requests of one fetch: the query below the address, with variables put in so that none can change what the rest means.</summary>
internal sealed partial class RequestTemplate
{
    private const string PagingName = "paging";
    private const string EmptyBody = "{}";

    private readonly HttpSourceOptions _options;
    private readonly IReadOnlyDictionary<string, Value> _variables;
    private readonly string _accept;
    private readonly Uri _address;

    /// <exception cref="FormatException">The query or a variable has no place in an address.</exception>
    public RequestTemplate(HttpSourceOptions options, Uri root, SourceOperation operation)
    {
        _options = options;
        _variables = operation.Variables;
        _accept = options.Format switch
        {
            HttpItemFormat.Csv => "text/csv",
            HttpItemFormat.JsonLines => "application/x-ndjson, application/jsonl, application/json;q=0.5",
            _ => "application/json",
        };
        RefuseUnused(operation.Query, options.Body);
        _address = WithSize(AddressOf(root, operation.Query));
        BodyOf(Value.Null);
    }

    /// <summary>Whether a body says which page is asked for.</summary>
    public static bool PagesInBody(string? body) => body is not null && Placeholder.Matches(body).Any(match => NameOf(match) == PagingName);

    /// <summary>The request for a page.</summary>
    /// <param name="place">Which one.</param>
    public WebRequest For(PagePlace place)
    {
        var address = place.Address ?? _address;
        if (place.Mark.IsSet && !PagesInBody(_options.Body))
            address = WebAddress.WithParameter(address, _options.PagingParameter!, place.Mark.ToString());
        return _options.Method == HttpSourceMethod.Post
            ? new WebRequest(HttpMethod.Post, address, _accept, BodyOf(place.Mark))
            : new WebRequest(HttpMethod.Get, address, _accept, null);
    }

    private Uri AddressOf(Uri root, string query)
    {
        var text = Placeholder.Replace(query.Trim(), match => Uri.EscapeDataString(TextOf(NameOf(match))));
        if (text.Length == 0)
            return root;
        if (text.Contains('#', StringComparison.Ordinal))
            throw new FormatException("The query holds a '#', which ends an address. Write it as %23.");
        if (text[0] == '?')
            return new Uri(root.GetLeftPart(UriPartial.Path) + text);
        return WebAddress.TryBelow(root, text) ?? throw new FormatException("The query leads out of Address. Write what follows it: a path and parameters.");
    }

    private Uri WithSize(Uri address) => string.IsNullOrEmpty(_options.SizeParameter)
        ? address
        : WebAddress.WithParameter(address, _options.SizeParameter, Value.From((long)_options.PageSize).ToString());

    private string BodyOf(Value mark) => Placeholder.Replace(
        _options.Body ?? EmptyBody, match => PlainJson.ToText(NameOf(match) == PagingName ? mark : ValueOf(NameOf(match))));

    private string TextOf(string name)
    {
        var value = ValueOf(name);
        if (!value.IsScalar)
            throw new FormatException($"The variable '{name}' is of kind {value.Kind}; in an address it must be a single value.");
        var text = value.ToString();
        return text is "." or ".." or ""
            ? throw new FormatException($"The variable '{name}' is a dot, two dots or empty, which would be another place in the address.")
            : text;
    }

    private Value ValueOf(string name) => _variables.TryGetValue(name, out var value)
        ? value
        : throw new FormatException($"'{{{name}}}' stands for no variable. Add the variable '{name}', or write a blank behind the brace.");

    private void RefuseUnused(params ReadOnlySpan<string?> texts)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
            used.UnionWith(Placeholder.Matches(text ?? "").Select(NameOf));
        if (_variables.Keys.FirstOrDefault(name => !used.Contains(name)) is { } unused)
            throw new FormatException($"The variable '{unused}' is used nowhere. Remove it, or use it as '{{{unused}}}' in the query or in Body.");
    }

    private static string NameOf(Match match) => match.Value[1..^1];

    [GeneratedRegex(@"\{[A-Za-z_][A-Za-z0-9_]*\}")]
    private static partial Regex Placeholder { get; }
}
