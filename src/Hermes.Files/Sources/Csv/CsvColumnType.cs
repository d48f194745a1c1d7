namespace Hermes.Files.Sources.Csv;

/// <summary>The type of the values of a column in a CSV file.</summary>
public enum CsvColumnType
{
    /// <summary>Text, as it stands. Default.</summary>
    Text,

    /// <summary>A 64-bit integer; <c>1.0</c> is one too.</summary>
    Integer,

    /// <summary>A floating-point number with a decimal point.</summary>
    Double,

    /// <summary>A decimal number with a decimal point.</summary>
    Decimal,

    /// <summary><c>true</c>, <c>false</c>, <c>1</c> or <c>0</c>, in any case.</summary>
    Boolean,

    /// <summary>
    /// A date, with or without a time, in ISO 8601 or in <see cref="CsvSourceOptions.Formats"/>. With an offset it becomes UTC.
    /// </summary>
    DateTime,
}
