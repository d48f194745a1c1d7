using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Templates.Tests.Cases;

/// <summary>
/// Reads the case files: <c>expression => expected</c> per line, where the expected value is JSON (or <c>error: part of the message</c>).
/// A line <c>@ {...}</c> gives variables to the lines below it, a line <c># ...</c> starts a group without variables.
/// A whole template stands in backquotes; anything else is put between <c>{{ }}</c>.
/// </summary>
internal static class CaseFile
{
    private const string Arrow = " => ";

    public static IEnumerable<TemplateCase> ReadAll() => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.txt")
        .Order(StringComparer.Ordinal)
        .SelectMany(Read);

    private static IEnumerable<TemplateCase> Read(string path)
    {
        var variables = new Dictionary<string, Value>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.StartsWith('#'))
                variables = [];
            else if (line.StartsWith('@'))
                variables = TypedJson.Read(JsonDocument.Parse(line[1..]).RootElement).AsMap().ToDictionary();
            else if (line.Length > 0)
                yield return Case(Path.GetFileNameWithoutExtension(path), number, line, variables);
        }
    }

    private static TemplateCase Case(string file, int number, string line, Dictionary<string, Value> variables)
    {
        var arrow = line.LastIndexOf(Arrow, StringComparison.Ordinal);
        if (arrow < 0)
            throw new InvalidDataException($"{file}:{number} has no '{Arrow}'.");
        var expression = line[..arrow].TrimEnd();
        var template = expression.StartsWith('`')
            ? expression.Trim('`').Replace("\\n", "\n", StringComparison.Ordinal)
            : $"{{{{ {expression} }}}}";
        return new TemplateCase(file, number, template, variables, line[(arrow + Arrow.Length)..].Trim());
    }
}
