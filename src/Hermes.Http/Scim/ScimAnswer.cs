using System.Text.Json;
using System.Text.Json.Nodes;
using Hermes.Abstractions;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>An answer of a SCIM service.</summary>
/// <param name="Subject">What was asked, for messages.</param>
/// <param name="Status">Its status.</param>
/// <param name="Content">Its body; null if there is none, or no object.</param>
/// <param name="Version">Its <c>ETag</c>.</param>
internal sealed record ScimAnswer(string Subject, int Status, JsonObject? Content, string? Version)
{
    private const int LongestDetail = 300;

    // Those of RFC 7644, 3.12. Another text could be anything.
    private static readonly string[] KnownTypes =
        ["invalidFilter", "tooMany", "uniqueness", "mutability", "invalidSyntax", "invalidPath", "noTarget", "invalidValue", "invalidVers", "sensitive"];

    // A member that stands twice: which one counts would be the parser's choice.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly JsonNodeOptions Names = new() { PropertyNameCaseInsensitive = true };

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether there is nothing at the address.</summary>
    public bool IsMissing => Status is 404 or 410;

    /// <summary>Whether something that must be unique is taken; not all servers say so by <c>scimType</c>.</summary>
    public bool IsConflict => Status == 409 || (Status == 400 && Type == "uniqueness");

    /// <summary>Whether the request may be too large, or one thing in it is refused.</summary>
    public bool MayBeSplit => Status is 400 or 404 or 413 or 422;

    private string? Type => Content?["scimType"] is JsonValue value && value.TryGetValue<string>(out var type) && KnownTypes.Contains(type) ? type : null;

    /// <summary>The answer in another form.</summary>
    /// <exception cref="HttpFaultException">Its body was cut off or is no JSON, although it says that all went well.</exception>
    public static ScimAnswer Of(string subject, WebAnswer answer) => new(subject, answer.Status, Parse(subject, answer), answer.Header("ETag"));

    /// <summary>The object that it must have.</summary>
    /// <exception cref="HttpFaultException">It has none.</exception>
    public JsonObject Require() => Content
        ?? throw new HttpFaultException($"{Subject} was answered without a resource. Is Address that of the SCIM service, such as https://host/scim/v2?", FaultKind.Permanent);

    /// <summary>The failure that it stands for.</summary>
    /// <param name="showsDetail">Whether the service's own words are shown, which may hold what it was sent.</param>
    public HttpFaultException Refusal(bool showsDetail)
    {
        var text = Status switch
        {
            403 => "the service denies it. Give the account the right to write these resources.",
            404 or 410 => "there is nothing at this address. Correct Address or Endpoint.",
            405 or 501 => "the service does not know this method. Set Update to Put if it knows no PATCH, and Search to List if it knows no filter.",
            409 => "a value that must be unique is taken.",
            412 => "the resource is changed by somebody else all the time.",
            413 => "the request is too large for the service.",
            _ => "the service refuses it.",
        };
        var type = Type is null ? "" : $" {Type}";
        var detail = showsDetail && Detail is { } said ? $" It says: {said}" : "";
        return new HttpFaultException($"{Subject}: {text} (Status {Status}{type}.){detail}", FaultKind.Permanent);
    }

    private string? Detail => Content?["detail"] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
        ? new string([.. text.Take(LongestDetail).Select(letter => char.IsControl(letter) ? ' ' : letter)])
        : null;

    private static JsonObject? Parse(string subject, WebAnswer answer)
    {
        if (answer.Content.Length == 0)
            return null;
        try
        {
            return JsonNode.Parse(answer.Content.Span, Names, Strict) as JsonObject;
        }
        catch (JsonException)
        {
            // The parser's message may show what it does not understand.
            return answer.Status is >= 200 and < 300
                ? throw new HttpFaultException($"{subject}: the answer is not JSON, is cut off, or has a member that stands twice.", FaultKind.Transient)
                : null;
        }
    }
}
