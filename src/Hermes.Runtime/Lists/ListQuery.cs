namespace Hermes.Runtime.Lists;

/// <summary>Asks for a page of a list.</summary>
public sealed record ListQuery
{
    /// <summary>How many items a page has at most, whatever is asked.</summary>
    public const int MaxSize = 1000;

    /// <summary>The first page of all items.</summary>
    public static ListQuery First { get; } = new();

    /// <summary>Which items. Default: all.</summary>
    public ListFilter Filter { get; init; } = ListFilter.All;

    /// <summary>How many items at most: 1 to <see cref="MaxSize"/>. Default: 100.</summary>
    public int Size { get; init; } = 100;

    /// <summary>Where the page begins: <see cref="Page{T}.Next"/> of the one before it. Default: null, at the beginning of the list.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether all items that the filter means are counted, which may take long. Default: false.</summary>
    public bool WithTotal { get; init; }
}
