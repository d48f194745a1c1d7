namespace Hermes.Http.Source;

/// <summary>What the answers of a web service are written in.</summary>
public enum HttpItemFormat
{
    /// <summary>JSON with an array of items. Default.</summary>
    Json,

    /// <summary>One JSON item per line (NDJSON).</summary>
    JsonLines,

    /// <summary>CSV with a header (RFC 4180). All values are texts; an empty one is not set.</summary>
    Csv,
}
