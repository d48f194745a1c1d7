namespace Hermes.Tool.Output;

/// <summary>A table for people, or for programs that read lines.</summary>
/// <param name="columns">What stands above the columns.</param>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>What stands above the columns.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The rows, each with a text for every column.</summary>
    public IReadOnlyList<string[]> Rows => _rows;

    /// <summary>Adds a row; null is an empty text.</summary>
    public TextTable Add(params object?[] texts)
    {
        _rows.Add([.. texts.Select(text => Harmless(Convert.ToString(text, System.Globalization.CultureInfo.InvariantCulture) ?? ""))]);
        return this;
    }

    // Data may hold what steers a terminal, or would look like another row.
    private static string Harmless(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
