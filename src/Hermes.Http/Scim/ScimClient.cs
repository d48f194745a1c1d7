using System.Text.Json.Nodes;
using Hermes.Abstractions;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>Speaks SCIM 2.0 over HTTP (RFC 7644): resources by endpoint and id.</summary>
internal sealed class ScimClient(ServiceClient service)
{
    private const string MediaType = "application/scim+json";
    private const string Accept = $"{MediaType}, application/json;q=0.9";

    private readonly string _root = service.Root.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Reads what is at an endpoint, with parameters.</summary>
    public Task<ScimAnswer> GetAsync(string endpoint, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var address = Address(endpoint);
        foreach (var (name, value) in parameters)
            address = WebAddress.WithParameter(address, name, value);
        return SendAsync(Request(HttpMethod.Get, address, null), cancellationToken);
    }

    /// <summary>Reads a resource; null if it is gone.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="id">The id, which may hold any character.</param>
    /// <param name="without">An attribute that is left out if the server knows how; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpFaultException">It could not be read.</exception>
    public async Task<ScimResource?> FindAsync(string endpoint, string id, string? without, CancellationToken cancellationToken)
    {
        var address = Address(endpoint, id);
        if (without is not null)
            address = WebAddress.WithParameter(address, "excludedAttributes", without);
        var answer = await SendAsync(Request(HttpMethod.Get, address, null), cancellationToken);
        if (answer.IsMissing)
            return null;
        return answer.IsSuccess ? ScimResource.Of(answer.Require(), answer.Version) : throw answer.Refusal(showsDetail: true);
    }

    /// <summary>Makes a resource. The request is never made twice unless the service said that it did nothing.</summary>
    public Task<ScimAnswer> PostAsync(string endpoint, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(Request(HttpMethod.Post, Address(endpoint), body) with { IsRepeatable = false }, cancellationToken);

    /// <summary>Changes a resource. Never twice either: what one has taken out, the other would not find.</summary>
    public Task<ScimAnswer> PatchAsync(string endpoint, string id, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(Request(HttpMethod.Patch, Address(endpoint, id), body) with { IsRepeatable = false }, cancellationToken);

    /// <summary>Replaces a version of a resource.</summary>
    public Task<ScimAnswer> PutAsync(string endpoint, string id, JsonObject body, string? version, CancellationToken cancellationToken) =>
        SendAsync(Request(HttpMethod.Put, Address(endpoint, id), body) with { Version = version }, cancellationToken);

    /// <summary>Deletes a resource.</summary>
    public Task<ScimAnswer> DeleteAsync(string endpoint, string id, CancellationToken cancellationToken) =>
        SendAsync(Request(HttpMethod.Delete, Address(endpoint, id), null), cancellationToken);

    private static WebRequest Request(HttpMethod method, Uri address, JsonObject? body) => new(method, address, Accept, body?.ToJsonString()) { BodyType = MediaType };

    private async Task<ScimAnswer> SendAsync(WebRequest request, CancellationToken cancellationToken) => ScimAnswer.Of(
        request.ToString(),
        await service.SendAsync(request, status => status is (>= 200 and < 300) or 400 or 403 or 404 or 405 or 409 or 410 or 412 or 413 or 422 or 501, cancellationToken));

    private Uri Address(string endpoint) => new($"{_root}/{endpoint.Trim('/')}");

    private Uri Address(string endpoint, string id) => id is "" or "." or ".."
        ? throw new HttpFaultException("The service gave a resource an id of dots alone, which cannot be written into an address.", FaultKind.Permanent)
        : new($"{_root}/{endpoint.Trim('/')}/{Uri.EscapeDataString(id)}");
}
