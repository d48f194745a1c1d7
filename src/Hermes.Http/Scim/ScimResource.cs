using System.Text.Json.Nodes;
using Hermes.Abstractions;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>A resource, as it was read.</summary>
/// <param name="Id">What the server calls it for ever.</param>
/// <param name="Content">All of it.</param>
/// <param name="Version">Which version it is; null if the server does not tell.</param>
internal sealed record ScimResource(string Id, JsonObject Content, string? Version)
{
    /// <summary>The resource in an answer.</summary>
    /// <exception cref="HttpFaultException">It has no id.</exception>
    public static ScimResource Of(JsonObject content, string? version) => content["id"] is { } id && ScimValue.Read(id) is { IsSet: true } text
        ? new(text.ToString(), content, version ?? (content["meta"] as JsonObject)?["version"]?.ToString())
        : throw new HttpFaultException("The service told a resource that has no id, without which it cannot be found again.", FaultKind.Permanent);
}
