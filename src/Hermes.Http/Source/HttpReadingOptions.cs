using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Hermes.Http.Connection;

namespace Hermes.Http.Source;

/// <summary>How a web service hands out its items, and how it is proved that these are all.</summary>
public abstract class HttpReadingOptions : HttpConnectionOptions
{
    /// <summary>The JSON pointer (RFC 6901) to the array of items in an answer. Default: the answer is the array.</summary>
    public string Items { get; set; } = "";

    /// <summary>A pointer to what is only there when the service failed, although it answers with status 200, such as <c>/errors</c>. Default: none.</summary>
    public string? ErrorPointer { get; set; }

    /// <summary>How items are handed out page by page. Default: all in one answer.</summary>
    public HttpPaging Paging { get; set; } = HttpPaging.None;

    /// <summary>The parameter of the address that says which page: <c>page</c>, <c>offset</c>, <c>startIndex</c>, <c>cursor</c>, <c>after</c>.</summary>
    public string? PagingParameter { get; set; }

    /// <summary>What <see cref="HttpPaging.Page"/> or <see cref="HttpPaging.Offset"/> begins with. Default: 1 for pages, 0 for offsets.</summary>
    public long? First { get; set; }

    /// <summary>The parameter that says how many items a page holds. Default: none is sent.</summary>
    public string? SizeParameter { get; set; }

    /// <summary>How many items a page holds, for <see cref="SizeParameter"/>. A page with fewer is not taken for the last one. Default: 100.</summary>
    [Range(1, 1_000_000)]
    public int PageSize { get; set; } = 100;

    /// <summary>
    /// Whether each page by <see cref="HttpPaging.Offset"/> is asked for with the last item of the page before it, so that an item that moves meanwhile is
    /// noticed. Default: true. Set it to false for a service that takes only multiples of the size of a page.
    /// </summary>
    public bool Overlap { get; set; } = true;

    /// <summary>A pointer to the cursor, or to the address of the next page.</summary>
    public string? NextPointer { get; set; }

    /// <summary>The header that holds the cursor.</summary>
    public string? NextHeader { get; set; }

    /// <summary>The status that the service answers with behind its last page, instead of an empty one, such as 404. Default: none.</summary>
    public int? EndStatus { get; set; }

    /// <summary>How many pages a read has at most. Default: 100,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxPages { get; set; } = 100_000;

    /// <summary>How a read proves that it has all items. Must be chosen.</summary>
    public ReadProof Proof { get; set; } = ReadProof.NotChosen;

    /// <summary>A pointer to the number of all items, for <see cref="ReadProof.Total"/>.</summary>
    public string? TotalPointer { get; set; }

    /// <summary>The header that holds the number of all items, for <see cref="ReadProof.Total"/>, such as <c>X-Total-Count</c>.</summary>
    public string? TotalHeader { get; set; }

    /// <summary>A pointer to what tells the last page, for <see cref="ReadProof.EndMark"/>, such as <c>/hasMore</c>.</summary>
    public string? EndPointer { get; set; }

    /// <summary>The header that tells the last page, for <see cref="ReadProof.EndMark"/>.</summary>
    public string? EndHeader { get; set; }

    /// <summary>What stands there on the last page and on no other, as JSON writes it: <c>false</c>, <c>null</c>, <c>0</c>; texts without quotes.</summary>
    public string? EndValue { get; set; }

    /// <summary>A pointer to the name of the state, for <see cref="ReadProof.Snapshot"/>.</summary>
    public string? SnapshotPointer { get; set; }

    /// <summary>The header that holds the name of the state, for <see cref="ReadProof.Snapshot"/>.</summary>
    public string? SnapshotHeader { get; set; }

    /// <summary>How often a read is begun anew at once when it was not complete or items moved meanwhile. Default: 2. Then the poll fails.</summary>
    [Range(0, 20)]
    public int Rereads { get; set; } = 2;

    /// <summary>How long a read may take, all pages and repetitions included. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "7.00:00:00")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The converter of TimeSpan is the framework's own and stays.")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromHours(1);
}
