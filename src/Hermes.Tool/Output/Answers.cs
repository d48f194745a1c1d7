using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Hermes.Tool.Output;

/// <summary>Writes what a command has to tell: JSON for programs, tables for people at a terminal, and aligned lines where it is piped.</summary>
/// <param name="output">Where to.</param>
/// <param name="isJson">Whether JSON is wanted.</param>
/// <param name="isTerminal">Whether a person looks at it.</param>
internal sealed class Answers(TextWriter output, bool isJson, bool isTerminal)
{
    private const string Gap = "  ";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether JSON is wanted.</summary>
    public bool IsJson => isJson;

    /// <summary>Whether a person looks at it.</summary>
    public bool IsTerminal => isTerminal;

    /// <summary>Writes JSON.</summary>
    public void Write(JsonNode node) => output.WriteLine(node.ToJsonString(Json));

    /// <summary>Writes JSON on a line of its own.</summary>
    public void WriteLine(JsonNode node) => output.WriteLine(node.ToJsonString(Line));

    /// <summary>Writes a line.</summary>
    public void Write(string text) => output.WriteLine(string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)));

    /// <summary>Writes a table; if it has no rows, that there are none.</summary>
    public void Write(TextTable table, string none)
    {
        if (table.Rows.Count == 0)
            output.WriteLine(none);
        else if (isTerminal)
            WriteForPeople(table);
        else
            WriteAligned(table);
    }

    private void WriteForPeople(TextTable table)
    {
        var drawn = new Table { Border = TableBorder.Rounded };
        foreach (var column in table.Columns)
            drawn.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        foreach (var row in table.Rows)
            drawn.AddRow(row.Select(text => new Text(text)));
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }).Write(drawn);
    }

    private void WriteAligned(TextTable table)
    {
        var widths = table.Columns.Select((column, number) => table.Rows.Max(row => row[number].Length) is var widest && widest > column.Length ? widest : column.Length).ToList();
        foreach (var row in table.Rows.Prepend([.. table.Columns]))
            output.WriteLine(string.Join(Gap, row.Select((text, number) => text.PadRight(widths[number]))).TrimEnd());
    }
}
