using System.Text.Json;
using System.Text.Json.Nodes;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Http.Source;

namespace Hermes.Http.Rest;

/// <summary>Sends the requests of a type, and says what the answers mean.</summary>
internal sealed class RestClient(ServiceClient service, RestTargetOptions options)
{
    private const string Json = "application/json";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonPointer? _error = string.IsNullOrEmpty(options.ErrorPointer) ? null : JsonPointer.TryParse(options.ErrorPointer);

    /// <summary>The address that all requests begin with.</summary>
    public Uri Root => service.Root;

    /// <summary>Reads what is at an address; null if nothing is there.</summary>
    /// <exception cref="HttpFaultException">It cannot be read.</exception>
    public async Task<WebAnswer?> GetAsync(RequestLine line, Entry entry, string? id, CancellationToken cancellationToken)
    {
        var request = new WebRequest(HttpMethod.Get, line.AddressOf(service.Root, entry, id), Json, null);
        var answer = await service.SendAsync(request, status => status is 200 or 404 or 410, cancellationToken);
        if (answer.Status != 200)
            return null;
        RequireNoError(request, answer);
        return answer;
    }

    /// <summary>Reads an object; null if it is gone.</summary>
    /// <exception cref="HttpFaultException">It cannot be read, or is no object.</exception>
    public async Task<JsonObject?> FindAsync(RequestLine line, Entry entry, string id, CancellationToken cancellationToken) =>
        await GetAsync(line, entry, id, cancellationToken) is not { } answer ? null
            : Parse(answer) as JsonObject
                ?? throw new HttpFaultException("The service answered with something else than one object. Correct Find.", FaultKind.Permanent).At(answer.Address);

    /// <summary>Changes something.</summary>
    /// <returns>The answer: all went well, there is nothing (404, 410), or something is taken (409).</returns>
    /// <exception cref="HttpFaultException">The service refuses, or fails.</exception>
    public async Task<WebAnswer> SendAsync(RequestLine line, string? body, Entry entry, string? id, TargetContext context, CancellationToken cancellationToken)
    {
        var request = new WebRequest(line.Method, line.AddressOf(service.Root, entry, id), Json, body)
        {
            BodyType = line.Method == HttpMethod.Patch ? options.PatchMediaType : Json,
            IsRepeatable = options.IdempotencyHeader is not null || line.Method == HttpMethod.Put || line.Method == HttpMethod.Delete,
            Sign = options.IdempotencyHeader is { } header ? message => message.Headers.TryAddWithoutValidation(header, context.ChangeId) : null,
        };
        var answer = await service.SendAsync(request, IsAnswer, cancellationToken);
        if (answer.Status is 404 or 409 or 410)
            return answer;
        if (answer.Status >= 300)
            throw Refusal(request, answer.Status);
        RequireNoError(request, answer);
        return answer;
    }

    /// <summary>Parses the body of an answer; null if it has none.</summary>
    /// <exception cref="HttpFaultException">It is no JSON.</exception>
    public static JsonNode? Parse(WebAnswer answer)
    {
        try
        {
            return answer.Content.Length == 0 ? null : JsonNode.Parse(answer.Content.Span, null, Strict);
        }
        catch (JsonException)
        {
            // The parser's message may show what it does not understand.
            throw new HttpFaultException("The answer is not JSON, is cut off, or has a member that stands twice.", FaultKind.Transient).At(answer.Address);
        }
    }

    private static bool IsAnswer(int status) => status is (>= 200 and < 300) or 400 or 403 or 404 or 405 or 409 or 410 or 412 or 413 or 415 or 422 or 501;

    private static HttpFaultException Refusal(WebRequest request, int status)
    {
        var text = status switch
        {
            403 => "the service denies it. Give the account the right to write these objects.",
            405 or 501 => "the service does not know this method here. Correct the request in the settings.",
            415 => "the service takes no such body. Correct the request in the settings: it may want PUT instead of PATCH.",
            _ => "the service refuses it. Its values or the body in the settings are not as it wants them.",
        };
        return new HttpFaultException($"{request.Method}: {text} (Status {status}.)", FaultKind.Permanent).At(request.Address);
    }

    // "200" with an error inside.
    private void RequireNoError(WebRequest request, WebAnswer answer)
    {
        if (_error is null || answer.Content.Length == 0)
            return;
        try
        {
            using var document = JsonDocument.Parse(answer.Content, Strict);
            if (_error.TryFind(document.RootElement, out var error) && JsonPage.IsError(error))
            {
                throw new HttpFaultException(
                    $"{request.Method}: the service tells an error, at {options.ErrorPointer}, although its status is {answer.Status}.", FaultKind.Permanent).At(request.Address);
            }
        }
        catch (JsonException)
        {
            throw new HttpFaultException("The answer is not JSON, is cut off, or has a member that stands twice.", FaultKind.Transient).At(request.Address);
        }
    }
}
