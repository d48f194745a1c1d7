using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Http.Connection;

namespace Hermes.Http.Source;

/// <summary>One read of all pages, from the first to the last.</summary>
internal sealed class ReadPass(ServiceClient client, HttpSourceOptions options, RequestTemplate requests, ItemColumns columns)
{
    private const int Ok = 200;

    private readonly Dictionary<EntryKey, Value[]> _items = [];
    private readonly PageWalk _walk = new(options, client.Root);
    private readonly PageProof _proof = PageProof.Of(options);
    private EntryKey _last;

    /// <summary>Reads all pages.</summary>
    /// <returns>The items by their key.</returns>
    /// <exception cref="IncompleteReadException">It is not proved that these are all.</exception>
    /// <exception cref="HttpFaultException">A request failed, or an answer cannot be read.</exception>
    public async Task<Dictionary<EntryKey, Value[]>> RunAsync(CancellationToken cancellationToken)
    {
        PagePlace? place = _walk.First;
        for (var number = 1; place is not null; number++)
        {
            if (number > options.MaxPages)
                throw new IncompleteReadException($"The service has more than {options.MaxPages} pages (MaxPages), or never ends.");
            var request = requests.For(place);
            var answer = await client.SendAsync(request, status => status == Ok || (number > 1 && status == options.EndStatus), cancellationToken);
            place = answer.Status == Ok ? Take(answer, request, number, place.Overlaps) : null;
        }

        _proof.Require(_items.Count);
        return _items;
    }

    private PagePlace? Take(WebAnswer answer, WebRequest request, int number, bool overlaps)
    {
        try
        {
            using var page = Parse(answer);
            var items = Take(page, number, overlaps);
            var isLast = _proof.SeesLast(answer, page);
            var next = _walk.Next(answer, page, items);
            if (isLast && next is not null && options.Paging is HttpPaging.Cursor or HttpPaging.Link or HttpPaging.NextLink)
                throw new IncompleteReadException("A page says that it is the last one, and tells another one all the same.");
            return isLast ? null : next;
        }
        catch (UnreadableAnswerException failure)
        {
            throw new HttpFaultException($"{request}, page {number}: the answer cannot be used. {failure.Message}", FaultKind.Transient);
        }
    }

    private PageCount Take(Page page, int number, bool overlaps)
    {
        var (all, before) = (0, _items.Count);
        foreach (var (key, values) in page.Items())
        {
            if (all++ == 0 && overlaps)
                RequireLast(key, number);
            else if (!_items.TryAdd(key, values))
                throw Twice(number);
            _last = key;
        }

        if (overlaps && all == 0)
            throw Moved(number);
        if (options is { Paging: HttpPaging.Offset, Overlap: true } && !overlaps && number > 1 && all > 0)
            throw new IncompleteReadException("The service hands out one item at a time, so pages cannot overlap. Ask for larger pages, or set Overlap to false.");
        return new PageCount(all, _items.Count - before, _last.ToValue());
    }

    private void RequireLast(EntryKey key, int number)
    {
        if (key != _last)
            throw Moved(number);
    }

    private Page Parse(WebAnswer answer)
    {
        var utf8 = TextDecoding.ToUtf8(answer, options.Encoding);
        if (options.Format == HttpItemFormat.Json)
            return JsonPage.Parse(utf8, options, columns);
        if (!answer.IsDelimited)
            throw new UnreadableAnswerException("Its end is not told (no Content-Length, no chunks), so that one that was cut off would look the same.");
        return options.Format == HttpItemFormat.JsonLines ? new JsonLinesPage(utf8, columns) : new CsvPage(utf8, options.Delimiter, columns);
    }

    private static IncompleteReadException Moved(int number) => new(
        $"Page {number} does not begin with the last item of the page before: items came or went meanwhile, or the service takes only some offsets (then set Overlap to false).");

    private IncompleteReadException Twice(int number) => new(
        $"An item of page {number} was read before, by its key ({string.Join(", ", options.Key)}): items moved from page to page meanwhile, the service repeats its last page, "
        + "or Key does not tell items apart.");
}
