using Hermes.Abstractions.Data;
using Hermes.Http.Connection;

namespace Hermes.Http.Source;

/// <summary>Goes from page to page, as the service hands them out.</summary>
internal sealed class PageWalk(HttpSourceOptions options, Uri root)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly AnswerMark _next = new(options.NextPointer, options.NextHeader);
    private bool _isNextTold;
    private long _count = options.First ?? (options.Paging == HttpPaging.Page ? 1 : 0);

    /// <summary>Where the first page is.</summary>
    public PagePlace First => new(options.Paging is HttpPaging.Page or HttpPaging.Offset ? _count : Value.Null);

    /// <summary>Where the next page is; null behind the last one.</summary>
    /// <param name="answer">The answer that held the page.</param>
    /// <param name="page">The page.</param>
    /// <param name="items">What was read of it.</param>
    /// <exception cref="UnreadableAnswerException">The service leads to another host, or to no address.</exception>
    /// <exception cref="IncompleteReadException">The service leads in a circle, or nothing tells that this is the end.</exception>
    public PagePlace? Next(WebAnswer answer, Page page, PageCount items) => options.Paging switch
    {
        HttpPaging.Page when items.New > 0 => new PagePlace(_count += 1),
        HttpPaging.Offset when items.New > 0 => Behind(items),
        HttpPaging.LastKey when items.New > 0 => new PagePlace(items.Last),
        HttpPaging.Cursor => Told(answer, page) is { } cursor ? New(cursor, new PagePlace(cursor)) : null,
        HttpPaging.NextLink => Linked(answer, Told(answer, page)),
        HttpPaging.Link => Linked(answer, LinkHeader.Next(answer.Headers)),
        _ => null,
    };

    // Behind the only item there is, a page that overlaps would look like one of a service that hands out one item at a time.
    private PagePlace Behind(PageCount items)
    {
        _count += items.New;
        return options.Overlap && items.All > 1 ? new PagePlace(_count - 1, Overlaps: true) : new PagePlace(_count);
    }

    private string? Told(WebAnswer answer, Page page)
    {
        var told = _next.Find(answer, page);
        _isNextTold |= told is not null;

        // A total or an end mark would tell; the other proofs would take the first page for all if the setting were misspelt.
        if (!_isNextTold && options.Proof is ReadProof.TwoPasses or ReadProof.Snapshot)
        {
            throw new IncompleteReadException(
                "No page tells whether another one follows: what NextPointer or NextHeader names is on none. Correct it, or choose Total or EndMark as Proof.");
        }

        return told switch
        {
            { IsScalar: true } value when value.ToString() is { Length: > 0 } text => text,
            { IsSet: true, IsScalar: false } => throw new UnreadableAnswerException("What NextPointer points to is neither a text nor a number."),
            _ => null,
        };
    }

    private PagePlace? Linked(WebAnswer answer, string? link)
    {
        if (link is null)
            return null;
        if (!Uri.TryCreate(answer.Address, link, out var address))
            throw new UnreadableAnswerException("The next page is at no address.");
        return WebAddress.IsSameOrigin(root, address)
            ? New(address.AbsoluteUri, new PagePlace(Value.Null, address))
            : throw new UnreadableAnswerException(
                $"The next page is said to be on another host ({address.Scheme}://{address.Authority}), which is never followed. "
                + "If it is the same service, set Address to that host.");
    }

    private PagePlace New(string mark, PagePlace place) =>
        _seen.Add(mark) ? place : throw new IncompleteReadException("The service leads in a circle: a page tells a next one that was read already.");
}
