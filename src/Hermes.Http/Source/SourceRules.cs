using System.ComponentModel.DataAnnotations;

namespace Hermes.Http.Source;

/// <summary>What must hold between the settings of a source.</summary>
internal static class SourceRules
{
    public static IEnumerable<ValidationResult> Check(HttpSourceOptions options) =>
        [.. Items(options), .. Pointers(options), .. Paging(options), .. Proof(options)];

    private static IEnumerable<ValidationResult> Items(HttpSourceOptions options)
    {
        if (options.Key.Count == 0)
            yield return new("Set Key to the attributes that tell an item from all others.", [nameof(options.Key)]);
        if (options.Method == HttpSourceMethod.Get && options.Body is not null)
            yield return new("A GET carries no body. Set Method to Post, or remove Body.", [nameof(options.Body)]);
        if (options.Encoding is { Length: > 0 } && TextDecoding.Find(options.Encoding) is null)
            yield return new($"The encoding '{options.Encoding}' is unknown.", [nameof(options.Encoding)]);
        if (!char.IsAscii(options.Delimiter) || options.Delimiter is '"' or '\r' or '\n')
            yield return new("The delimiter must be one ASCII character that is neither a quote nor a line break.", [nameof(options.Delimiter)]);
        if (options.Format == HttpItemFormat.Csv)
        {
            foreach (var attribute in options.Attributes.Keys)
                yield return new($"CSV has columns and no pointers. Map the column itself in place of '{attribute}'.", [nameof(options.Attributes)]);
        }
    }

    private static IEnumerable<ValidationResult> Pointers(HttpSourceOptions options)
    {
        (string Name, string? Pointer)[] ofAnswers =
        [
            (nameof(options.ErrorPointer), options.ErrorPointer), (nameof(options.NextPointer), options.NextPointer), (nameof(options.TotalPointer), options.TotalPointer),
            (nameof(options.EndPointer), options.EndPointer), (nameof(options.SnapshotPointer), options.SnapshotPointer), (nameof(options.Items), options.Items),
        ];
        foreach (var (name, pointer) in ofAnswers.Concat(options.Attributes.Select(attribute => ($"Attributes:{attribute.Key}", (string?)attribute.Value))))
        {
            if (!string.IsNullOrEmpty(pointer) && JsonPointer.TryParse(pointer) is null)
                yield return new($"'{pointer}' is not a JSON pointer. Write /member/member, with ~1 for a slash and ~0 for a tilde in a name.", [name]);
            else if (!string.IsNullOrEmpty(pointer) && options.Format != HttpItemFormat.Json && ofAnswers.Any(one => one.Name == name))
                yield return new($"Only answers in JSON have something beside their items. Use a header instead of {name}.", [name]);
        }
    }

    private static IEnumerable<ValidationResult> Paging(HttpSourceOptions options)
    {
        var isCounted = options.Paging is HttpPaging.Page or HttpPaging.Offset or HttpPaging.LastKey;
        var isInBody = RequestTemplate.PagesInBody(options.Body);
        if ((isCounted || options.Paging == HttpPaging.Cursor) && string.IsNullOrEmpty(options.PagingParameter) && !isInBody)
            yield return new("Say how the service is asked for a page: set PagingParameter, or write {paging} into Body.", [nameof(options.PagingParameter)]);
        if (!(isCounted || options.Paging == HttpPaging.Cursor) && (isInBody || !string.IsNullOrEmpty(options.PagingParameter)))
            yield return new($"Paging is {options.Paging}, which counts nothing. Remove PagingParameter and {{paging}}.", [nameof(options.PagingParameter)]);
        if (options.Paging == HttpPaging.Cursor && string.IsNullOrEmpty(options.NextPointer) == string.IsNullOrEmpty(options.NextHeader))
            yield return new("Say where a page tells the cursor: set NextPointer or NextHeader, not both.", [nameof(options.NextPointer)]);
        if (options.Paging == HttpPaging.NextLink && string.IsNullOrEmpty(options.NextPointer))
            yield return new("Set NextPointer to where a page tells the address of the next one.", [nameof(options.NextPointer)]);
        if (options.Paging is HttpPaging.Link or HttpPaging.NextLink && options.Method == HttpSourceMethod.Post)
            yield return new("Addresses of next pages are for GET. Use a cursor with {paging} in Body.", [nameof(options.Paging)]);
        if (options.Paging == HttpPaging.LastKey && options.Key.Count > 1)
            yield return new("Paging by the last key needs a Key of one attribute.", [nameof(options.Key)]);
        if (options.EndStatus is not null && (!isCounted || options is { Paging: HttpPaging.Offset, Overlap: true }))
            yield return new("EndStatus is for Paging by Page or LastKey, or by Offset without Overlap.", [nameof(options.EndStatus)]);
        if (options.EndStatus is not null and not (400 or 404 or 410 or 416 or 204))
            yield return new("The end of the pages may be told by the status 204, 400, 404, 410 or 416. Others stand for failures.", [nameof(options.EndStatus)]);
    }

    private static IEnumerable<ValidationResult> Proof(HttpSourceOptions options)
    {
        if (options.Proof == ReadProof.NotChosen)
            yield return new("Say how a read proves that it has all items: Total, EndMark, TwoPasses or Snapshot. It would look like removals.", [nameof(options.Proof)]);
        if (options.Proof == ReadProof.Total && string.IsNullOrEmpty(options.TotalPointer) == string.IsNullOrEmpty(options.TotalHeader))
            yield return new("Say where the service tells how many items there are: set TotalPointer or TotalHeader, not both.", [nameof(options.TotalPointer)]);
        if (options.Proof == ReadProof.EndMark && string.IsNullOrEmpty(options.EndPointer) == string.IsNullOrEmpty(options.EndHeader))
            yield return new("Say where the last page tells that it is the last: set EndPointer or EndHeader, not both.", [nameof(options.EndPointer)]);
        if (options.Proof == ReadProof.EndMark && (options.Paging == HttpPaging.Page || options is { Paging: HttpPaging.Offset, Overlap: false }))
        {
            yield return new(
                "An item that goes while pages are counted would be missed, and an end mark does not tell. Choose Total, TwoPasses or Snapshot.", [nameof(options.Proof)]);
        }

        if (options.Proof == ReadProof.EndMark && options.EndValue is null)
            yield return new("Set EndValue to what stands there on the last page and on no other.", [nameof(options.EndValue)]);
        if (options.Proof == ReadProof.Snapshot && string.IsNullOrEmpty(options.SnapshotPointer) == string.IsNullOrEmpty(options.SnapshotHeader))
            yield return new("Say where pages name the state of the data: set SnapshotPointer or SnapshotHeader, not both.", [nameof(options.SnapshotPointer)]);
    }
}
