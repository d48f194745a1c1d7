namespace Hermes.Files.Sources.Csv;

/// <summary>What an empty field of a CSV file means.</summary>
public enum EmptyField
{
    /// <summary>The attribute is not set. Default.</summary>
    NotSet,

    /// <summary>The empty text.</summary>
    Text,

    /// <summary>The empty text if it is written as <c>""</c>, otherwise not set.</summary>
    TextIfQuoted,
}
