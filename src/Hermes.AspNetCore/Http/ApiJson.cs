using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hermes.AspNetCore.Http;

/// <summary>The JSON of the API: the same whatever the host has set for its own.</summary>
internal static class ApiJson
{
    private static readonly JsonSerializerOptions Answers = new(JsonSerializerDefaults.Web);
    private static readonly JsonSerializerOptions Bodies = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    public static string Text<T>(T answer) => JsonSerializer.Serialize(answer, Answers);

    public static JsonHttpResult<T> Answer<T>(T answer, int status = StatusCodes.Status200OK) => TypedResults.Json(answer, Answers, statusCode: status);

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="RefusedException">It is no JSON, or says something that the route does not know.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
            throw new RefusedException(StatusCodes.Status415UnsupportedMediaType, "Send the body as JSON, with the content type application/json.");
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Bodies, context.RequestAborted)
                ?? throw RefusedException.BadRequest("The body is null; the route takes an object.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            var place = (exception as JsonException)?.Path ?? "$";
            throw RefusedException.BadRequest($"The body cannot be read at {place}: it is not the JSON that this route takes. See api/v1/openapi.json.");
        }
    }
}
