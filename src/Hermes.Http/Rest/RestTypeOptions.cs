using System.ComponentModel.DataAnnotations;

namespace Hermes.Http.Rest;

/// <summary>
/// How the entries of a data type become objects of a service. Requests are written as <c>METHOD path</c>, below the address; in paths and in the texts of bodies,
/// <c>{{ ... }}</c> is a template over the local attributes, with the id of the object as <c>_ID</c>. Values are put in so that none can change what the rest means.
/// </summary>
public sealed class RestTypeOptions : IValidatableObject
{
    /// <summary>The path of the objects below the address, such as <c>users</c>. What is not set below follows from it.</summary>
    public string? Path { get; set; }

    /// <summary>
    /// Where attributes are in an object: local name to JSON pointer, such as <c>/name/given</c>. They are written there, if a request has no body of its own, and read back from
    /// there. Secret ones are written only when they change, and never read.
    /// </summary>
    public IDictionary<string, string> Attributes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The JSON pointer to what the service calls an object for ever. Where the answer to an addition does not have it, it is the end of its <c>Location</c>. The link of the entry
    /// is made of it. Default: <c>/id</c>.
    /// </summary>
    [Required]
    public string Id { get; set; } = "/id";

    /// <summary>The request that makes an object. Default: <c>POST</c> to <see cref="Path"/>.</summary>
    public string? Add { get; set; }

    /// <summary>The body of <see cref="Add"/>, as JSON. Default: the attributes.</summary>
    public string? AddBody { get; set; }

    /// <summary>
    /// The request that changes an object. Default: <c>PUT</c> to <c>{{ _ID }}</c> below <see cref="Path"/>, of all that was read a moment before and what changed. With
    /// <c>PATCH</c>, what changed alone (RFC 7396).
    /// </summary>
    public string? Modify { get; set; }

    /// <summary>The body of <see cref="Modify"/>, as JSON. Default: the attributes.</summary>
    public string? ModifyBody { get; set; }

    /// <summary>The request that removes an object. Default: <c>DELETE</c> of <c>{{ _ID }}</c> below <see cref="Path"/>.</summary>
    public string? Remove { get; set; }

    /// <summary>The request that puts an object aside. Default: it is removed, and made anew when its entry comes back.</summary>
    public string? Trash { get; set; }

    /// <summary>The body of <see cref="Trash"/>, as JSON. Default: none.</summary>
    public string? TrashBody { get; set; }

    /// <summary>The request that takes an object back. Must be set if <see cref="Trash"/> is.</summary>
    public string? Recycle { get; set; }

    /// <summary>The body of <see cref="Recycle"/>, as JSON. Default: none.</summary>
    public string? RecycleBody { get; set; }

    /// <summary>The path by which one object is read. Default: <c>{{ _ID }}</c> below <see cref="Path"/>.</summary>
    public string? Find { get; set; }

    /// <summary>
    /// The path by which objects are looked for that an added entry may be, such as <c>users?login={{ login }}</c>. Default: none, all are read, and only where an object may have
    /// been made of which the answer was lost.
    /// </summary>
    public string? Search { get; set; }

    /// <summary>The path by which all objects are read. Default: <see cref="Path"/>.</summary>
    public string? List { get; set; }

    /// <summary>The attributes in which an object has to be equal to an entry to be its own. Each must be among <see cref="Attributes"/>. Default: those of the key.</summary>
    public IList<string> Match { get; } = [];

    /// <summary>What becomes of an added entry when the service has an object already that it would be. Default: it waits.</summary>
    public RestWhenExists WhenExists { get; set; } = RestWhenExists.Hold;

    /// <summary>The JSON pointer to what marks objects that are put aside, such as <c>/active</c>. Default: none, they cannot be told from others.</summary>
    public string? TrashedPointer { get; set; }

    /// <summary>What stands there then, as JSON writes it; texts without quotes. Default: <c>false</c>.</summary>
    public string TrashedValue { get; set; } = "false";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => RestRules.Check(this);
}
