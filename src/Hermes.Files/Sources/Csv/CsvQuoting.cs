namespace Hermes.Files.Sources.Csv;

/// <summary>How a CSV file writes a field that holds a delimiter or a line break.</summary>
public enum CsvQuoting
{
    /// <summary>In quotes, and a quote doubled (RFC 4180). Default.</summary>
    Quotes,

    /// <summary>With a backslash before the character.</summary>
    Backslash,

    /// <summary>Not at all: quotes and backslashes are ordinary text, as in tab-separated values.</summary>
    None,
}
