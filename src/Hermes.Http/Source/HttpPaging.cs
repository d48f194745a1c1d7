namespace Hermes.Http.Source;

/// <summary>How a web service hands out its items page by page.</summary>
public enum HttpPaging
{
    /// <summary>Not: one answer holds all. Default.</summary>
    None,

    /// <summary>By the number of the page, up to the first empty page.</summary>
    Page,

    /// <summary>By how many items go before, up to the first empty page. SCIM's <c>startIndex</c> is this, with <see cref="HttpReadingOptions.First"/> = 1.</summary>
    Offset,

    /// <summary>By a text that each page tells for the next one, in its body or in a header; the last page tells none.</summary>
    Cursor,

    /// <summary>By the header <c>Link</c> with <c>rel="next"</c> (RFC 8288); the last page has none.</summary>
    Link,

    /// <summary>By the address of the next page in the body, as in OData; the last page has none.</summary>
    NextLink,

    /// <summary>By the key of the last item, up to the first empty page.</summary>
    LastKey,
}
