using System.Text;
using System.Text.RegularExpressions;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Http.Connection;

namespace Hermes.Http.Rest;

/// <summary>A request as settings write it: <c>METHOD path</c>, with templates in the path.</summary>
internal sealed partial class RequestLine
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private readonly IReadOnlyList<(string Literal, RestText? Template)> _parts;

    private RequestLine(HttpMethod method, IReadOnlyList<(string Literal, RestText? Template)> parts) => (Method, _parts) = (method, parts);

    /// <summary>The method.</summary>
    public HttpMethod Method { get; }

    /// <summary>The names that its templates read.</summary>
    public IEnumerable<string> Variables => _parts.SelectMany(part => part.Template?.Variables ?? []);

    /// <summary>Why a text is no request; null if it is one.</summary>
    public static string? Fault(string text)
    {
        var (method, path) = Split(text);
        return !Methods.Contains(method) ? $"Write the method before the path: one of {string.Join(", ", Methods)}, then a blank." : PathFault(path);
    }

    /// <summary>Why a text is no path; null if it is one.</summary>
    public static string? PathFault(string path)
    {
        var literal = Placeholder.Replace(path, "x");
        return literal.Trim().Length == 0 ? "The path is empty."
            : literal.Contains("{{", StringComparison.Ordinal) || literal.Contains("}}", StringComparison.Ordinal) ? "A template is not closed, or not opened."
            : literal.Any(letter => letter is '#' or '\\' or <= ' ') || literal.Contains("..", StringComparison.Ordinal) || literal.Contains("//", StringComparison.Ordinal)
                ? "This is not a path below Address. Write what follows it, such as users/{{ _ID }}."
            : null;
    }

    /// <summary>Reads a request.</summary>
    /// <param name="text">The text; checked.</param>
    /// <param name="engine">Compiles the templates.</param>
    /// <exception cref="TemplateException">A template is wrong.</exception>
    public static RequestLine Parse(string text, ITemplateEngine engine)
    {
        var (method, path) = Split(text);
        return new RequestLine(HttpMethod.Parse(method), Parts(path, engine));
    }

    /// <summary>Reads the path of a GET.</summary>
    /// <exception cref="TemplateException">A template is wrong.</exception>
    public static RequestLine OfPath(string path, ITemplateEngine engine) => new(HttpMethod.Get, Parts(path, engine));

    /// <summary>The address for an entry.</summary>
    /// <exception cref="HttpFaultException">A value has no place in an address.</exception>
    public Uri AddressOf(Uri root, Entry entry, string? id)
    {
        var path = new StringBuilder();
        var isQuery = false;
        foreach (var (literal, template) in _parts)
        {
            isQuery |= literal.Contains('?', StringComparison.Ordinal);
            path.Append(template is null ? literal : Escaped(template, isQuery, entry, id));
        }

        return WebAddress.TryBelow(root, path.ToString()) ?? throw new HttpFaultException("The path of a request leads out of Address.", FaultKind.Permanent);
    }

    // Dots would lead to another place, and nothing to the collection itself.
    private static string Escaped(RestText template, bool isQuery, Entry entry, string? id)
    {
        var value = template.Evaluate(entry, id);
        return value is { IsSet: true, IsScalar: true } && value.ToString() is { } text && (isQuery || text is not ("" or "." or ".."))
            ? Uri.EscapeDataString(text)
            : throw new HttpFaultException(
                $"The path of a request needs {string.Join(", ", template.Variables)}, which is not set, is no single value, is empty, or consists of dots.", FaultKind.Permanent);
    }

    private static (string Method, string Path) Split(string text)
    {
        var blank = text.Trim().IndexOf(' ', StringComparison.Ordinal);
        return blank < 0 ? ("", text.Trim()) : (text.Trim()[..blank].ToUpperInvariant(), text.Trim()[(blank + 1)..].Trim());
    }

    private static List<(string Literal, RestText? Template)> Parts(string path, ITemplateEngine engine)
    {
        var parts = new List<(string, RestText?)>();
        var at = 0;
        foreach (var match in Placeholder.EnumerateMatches(path))
        {
            parts.Add((path[at..match.Index], null));
            parts.Add(("", new RestText(engine.Compile(path.Substring(match.Index, match.Length)))));
            at = match.Index + match.Length;
        }

        parts.Add((path[at..], null));
        return parts;
    }

    [GeneratedRegex(@"\{\{.*?\}\}")]
    private static partial Regex Placeholder { get; }
}
