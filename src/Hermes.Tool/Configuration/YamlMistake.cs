using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace Hermes.Tool.Configuration;

/// <summary>Says in plain words why a text is no YAML: parsers tell what they met, and seldom what was done wrong. Pure.</summary>
internal static partial class YamlMistake
{
    /// <summary>The message for a template without quotes, which YAML takes for a section.</summary>
    public const string Template = "template without quotes";

    // What the parser says, and what it mostly comes from.
    private static readonly (string Says, string Problem, string Fix)[] Known =
    [
        (Template, "A template stands here without quotes.", "Put it in quotes: '{{ name }}'; double quotes if it holds single ones."),
        ("tab", "A line is indented with a tab.", "Indent with spaces: YAML allows no tabs there."),
        ("cannot start any token", "A value may not begin with this character.", "Put the value in quotes."),
        ("unknown escape", "A backslash in double quotes means something else.", "Use single quotes: 'C:\\data'; or write it twice."),
        ("quoted scalar, found wrong indentation", "A quote is opened here and never closed.", "Close it; a single quote in single quotes is written twice."),
        ("unexpected end of stream", "A quote is opened here and never closed.", "Close it; a single quote in single quotes is written twice."),
        ("unclosed flow", "A bracket is opened here and never closed.", "Close it with ] or }."),
        ("did not find expected ',' or", "A bracket is opened and not closed, or a comma is missing.", "Close the bracket, or write commas between its parts."),
        ("expected node content", "A value is missing here, or a bracket is not closed.", "Write the value, or close the bracket with ] or }."),
        ("did not find expected key", "This line is indented unlike the others of its section.", "Indent all settings of a section alike."),
        ("did not find expected '-'", "A list ends here without being indented so.", "Begin each item of the list with '- ', all indented alike."),
        ("invalid mapping", "A setting begins here where none can.", "Put a value that holds a colon in quotes; or indent this line like the others of its section."),
        ("nested too deeply", "The settings are nested too deeply.", "No setting needs more than 64 levels."),
    ];

    /// <summary>Explains what the parser says.</summary>
    public static Finding Explain(string file, string text, Mark at, string message)
    {
        var lines = text.Split('\n');
        var place = new SettingPlace(file, (int)Math.Max(1, at.Line), (int)Math.Max(1, at.Column));

        // Before all that follows from it, and where it is rather than where the parser gave up.
        if (Array.FindIndex(lines, line => line.TrimStart(' ').StartsWith('\t')) is >= 0 and var tab && (tab < place.Line || message.Contains("tab", StringComparison.Ordinal)))
            return From(new(file, tab + 1, 1), "tab");
        if (UnquotedTemplate().Match(Line(lines, place.Line)) is { Success: true } template)
            return From(new(file, place.Line, template.Groups["template"].Index + 1), Template);
        if (message.Contains("invalid mapping", StringComparison.Ordinal) && MissingSpace().Match(Line(lines, place.Line - 1)) is { Success: true } joined)
        {
            return new(
                new(file, place.Line - 1, joined.Groups["name"].Index + 1),
                "",
                $"No space follows the colon of '{joined.Groups["name"].Value}'.",
                "Write a space after the colon.");
        }

        return From(place, message);
    }

    private static Finding From(SettingPlace place, string message)
    {
        var (_, problem, fix) = Array.Find(Known, known => message.Contains(known.Says, StringComparison.Ordinal));
        return new(place, "", problem ?? $"This is no YAML: {message}", fix ?? "Correct it.");
    }

    private static string Line(string[] lines, int number) => number >= 1 && number <= lines.Length ? lines[number - 1] : "";

    [GeneratedRegex(@"(:|-)\s+(?<template>\{[{%])", RegexOptions.ExplicitCapture)]
    private static partial Regex UnquotedTemplate();

    [GeneratedRegex(@"^\s*(-\s+)?(?<name>\w+):\S", RegexOptions.ExplicitCapture)]
    private static partial Regex MissingSpace();
}
