using System.ComponentModel.DataAnnotations;
using Hermes.Http.Source;

namespace Hermes.Http.Rest;

/// <summary>
/// A web service as target, by requests that the settings describe. Its lists are read page by page as a source reads them; without a
/// <see cref="HttpReadingOptions.Proof"/> it cannot be read back.
/// </summary>
public sealed class RestTargetOptions : HttpReadingOptions
{
    /// <summary>The data types whose entries become objects, by their names.</summary>
    public IDictionary<string, RestTypeOptions> Resources { get; } = new Dictionary<string, RestTypeOptions>(StringComparer.Ordinal);

    /// <summary>
    /// The header in which each request that changes something says what it is called, at every attempt, such as <c>Idempotency-Key</c>. A service that knows it makes nothing
    /// twice. Default: none.
    /// </summary>
    public string? IdempotencyHeader { get; set; }

    /// <summary>
    /// What the body of a PATCH is called. Default: <c>application/json</c>, as most services have it; a strict one wants <c>application/merge-patch+json</c> (RFC 7396), and one
    /// that does not know that may take such a body for none.
    /// </summary>
    [Required]
    public string PatchMediaType { get; set; } = "application/json";

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [.. base.Validate(validationContext), .. RestRules.Check(this)];

    /// <summary>How a source would read these lists.</summary>
    internal HttpSourceOptions ToSource() => new()
    {
        Address = Address,
        MissingAttributes = MissingAttribute.NotSet,
        Items = Items,
        ErrorPointer = ErrorPointer,
        Paging = Paging,
        PagingParameter = PagingParameter,
        First = First,
        SizeParameter = SizeParameter,
        PageSize = PageSize,
        Overlap = Overlap,
        NextPointer = NextPointer,
        NextHeader = NextHeader,
        EndStatus = EndStatus,
        MaxPages = MaxPages,
        Proof = Proof,
        TotalPointer = TotalPointer,
        TotalHeader = TotalHeader,
        EndPointer = EndPointer,
        EndHeader = EndHeader,
        EndValue = EndValue,
        SnapshotPointer = SnapshotPointer,
        SnapshotHeader = SnapshotHeader,
        Rereads = Rereads,
        ReadTimeout = ReadTimeout,
    };
}
