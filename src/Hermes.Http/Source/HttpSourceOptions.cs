using System.ComponentModel.DataAnnotations;

namespace Hermes.Http.Source;

/// <summary>The settings of a source that reads a web service.</summary>
public sealed class HttpSourceOptions : HttpReadingOptions
{
    /// <summary>How to ask. Default: GET.</summary>
    public HttpSourceMethod Method { get; set; } = HttpSourceMethod.Get;

    /// <summary>
    /// The JSON that a POST carries. <c>{name}</c> stands for a variable of the fetch and <c>{paging}</c> for what <see cref="HttpReadingOptions.Paging"/> counts, both
    /// written as JSON. Default: <c>{}</c>.
    /// </summary>
    public string? Body { get; set; }

    /// <summary>What the answers are written in. Default: JSON.</summary>
    public HttpItemFormat Format { get; set; } = HttpItemFormat.Json;

    /// <summary>
    /// Where attributes are in an item, as JSON pointers (<c>/name/familyName</c>), by the name that the mapping uses. An attribute that is not among
    /// them is the member, or the column, of its name; or where it says, if its name is a pointer itself.
    /// </summary>
    public IDictionary<string, string> Attributes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The attributes that tell an item from all others. Must be set: what stands on two pages, or on none, is found by it.</summary>
    public IList<string> Key { get; } = [];

    /// <summary>What it means that an item lacks an attribute. Default: an error.</summary>
    public MissingAttribute MissingAttributes { get; set; } = MissingAttribute.Error;

    /// <summary>The encoding of the answers, if it is not the one that they say (<c>charset</c>). Default: what they say, or else UTF-8.</summary>
    public string? Encoding { get; set; }

    /// <summary>What separates the fields of CSV. Default: a comma.</summary>
    public char Delimiter { get; set; } = ',';

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [.. base.Validate(validationContext), .. SourceRules.Check(this)];
}
