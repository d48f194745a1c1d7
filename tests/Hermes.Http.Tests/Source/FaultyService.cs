using System.Globalization;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Microsoft.AspNetCore.Http;

namespace Hermes.Http.Tests.Source;

/// <summary>What a service does wrong with one answer.</summary>
internal enum PageFault
{
    None,
    Fail,
    Abort,
    CutOff,
    Error,
    Forget,
    Empty,
    EndEarly,
    Repeat,
}

/// <summary>
/// A service with items 1 to n that hands them out in one of the styles, and does wrong things at random: with answers, as one random generator draws
/// them, and with its data, which changes between requests.
/// </summary>
internal sealed class FaultyService
{
    private readonly Random _random;
    private readonly HttpPaging _paging;
    private readonly int _size;
    private readonly double _faultShare;
    private readonly PageFault[] _faults;
    private readonly int _faultsAtMost;
    private readonly bool _deletes;
    private readonly bool _adds;
    private readonly SortedSet<long> _items;
    private int _done;
    private int _version;

    public FaultyService(Random random, HttpPaging paging, ReadProof proof)
    {
        (_random, _paging) = (random, paging);
        _items = [.. Enumerable.Range(1, random.Next(25)).Select(i => i * 10L)];
        Always = [.. _items];
        _size = random.Next(1, 8);

        // Pages of one item cannot overlap, and such a read is refused.
        IsFaultless = paging != HttpPaging.Offset || _size > 1;
        _faultShare = random.Next(4) == 0 ? 0 : random.NextDouble() * 0.4;

        // What each proof can know: that items are missing if there is a total; if an end is marked, not. Two equal reads know all that is not twice the same.
        PageFault[] loud = [PageFault.Fail, PageFault.Abort, PageFault.CutOff, PageFault.Error];
        PageFault[] silent = [PageFault.Forget, PageFault.Empty, PageFault.EndEarly, PageFault.Repeat];
        var isSilent = random.Next(2) == 0 && proof is ReadProof.Total or ReadProof.TwoPasses;
        _faults = isSilent ? [.. loud, .. silent] : loud;
        _faultsAtMost = proof == ReadProof.TwoPasses ? 1 : int.MaxValue;

        // A total does not know of one that went and one that came meanwhile, where pages are counted.
        var changes = proof == ReadProof.TwoPasses && isSilent ? 0 : random.Next(4);
        (_deletes, _adds) = (changes is 1 or 3, changes is 2 or 3);
        if (changes == 3 && (isSilent || (paging == HttpPaging.Page && proof == ReadProof.Total)))
            _adds = false;
    }

    /// <summary>The items that were there all the time.</summary>
    public HashSet<long> Always { get; }

    /// <summary>All items that ever were.</summary>
    public HashSet<long> Ever { get; } = [];

    /// <summary>Whether nothing went wrong.</summary>
    public bool IsFaultless { get; private set; }

    public async Task AnswerAsync(HttpContext context)
    {
        Change();
        var fault = Draw();
        switch (fault)
        {
            case PageFault.Fail:
                await context.JsonAsync("{}", 500);
                return;
            case PageFault.Error:
                await context.JsonAsync("""{"items":[],"total":0,"end":true,"next":null,"state":"0","error":"broken"}""");
                return;
        }

        Ever.UnionWith(_items);
        var at = context.Request.Number("at", _paging is HttpPaging.Page ? 1 : 0);
        var page = _paging switch
        {
            HttpPaging.Page => _items.Skip((int)(at - 1) * _size).Take(_size).ToList(),
            HttpPaging.Offset => _items.Skip((int)at).Take(_size).ToList(),
            _ => _items.Where(id => id > at).Take(_size).ToList(),
        };
        var isLast = page.Count == 0 || page[^1] == _items.Max || fault == PageFault.EndEarly;
        var next = isLast ? null : page[^1].ToString(CultureInfo.InvariantCulture);
        Spoil(page, fault);
        if (_paging == HttpPaging.Link && next is not null)
            context.Response.Headers.Link = $"<{context.Self()}?at={next}>; rel=\"next\"";
        var link = next is null ? "null" : _paging == HttpPaging.NextLink ? $"\"{context.Self()}?at={next}\"" : $"\"{next}\"";
        var text = $$"""{"items":{{Reads.Ids(page)}},"total":{{_items.Count}},"end":{{(isLast ? "true" : "false")}},"next":{{link}},"state":"v{{_version}}","error":null}""";
        context.Response.ContentType = "application/json";
        if (fault == PageFault.Abort)
        {
            context.Response.ContentLength = text.Length;
            await context.Response.WriteAsync(text[..(text.Length / 2)]);
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.WriteAsync(fault == PageFault.CutOff ? text[..^_random.Next(1, text.Length)] : text);
    }

    private void Change()
    {
        if (_deletes && _items.Count > 0 && _random.Next(6) == 0)
        {
            var gone = _items.ElementAt(_random.Next(_items.Count));
            _items.Remove(gone);
            Always.Remove(gone);
            Changed();
        }

        if (_adds && _random.Next(6) == 0 && _items.Add(_random.Next(1, 300)))
            Changed();
    }

    private void Changed()
    {
        _version++;
        IsFaultless = false;
    }

    private PageFault Draw()
    {
        if (_done >= _faultsAtMost || _random.NextDouble() >= _faultShare)
            return PageFault.None;
        _done++;
        IsFaultless = false;
        return _faults[_random.Next(_faults.Length)];
    }

    private void Spoil(List<long> page, PageFault fault)
    {
        switch (fault)
        {
            case PageFault.Forget when page.Count > 0:
                page.RemoveAt(_random.Next(page.Count));
                break;
            case PageFault.Empty:
                page.Clear();
                break;
            case PageFault.Repeat when page.Count > 0:
                page[_random.Next(page.Count)] = page[_random.Next(page.Count)];
                break;
        }
    }
}
