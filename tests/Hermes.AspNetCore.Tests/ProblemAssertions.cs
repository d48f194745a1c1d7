using System.Net;
using System.Text.Json;

namespace Hermes.AspNetCore.Tests;

/// <summary>What every refusal of the API is like.</summary>
internal static class ProblemAssertions
{
    /// <summary>The problem that is told, after it was found to be one, and to show nothing of the program.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string because = "")
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(status, $"{because} {text}");
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json", because);
        text.Should().NotContainAny(["   at ", "Exception", "System.", "Hermes.AspNetCore", CampusHost.Secret], because);
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("status").GetInt32().Should().Be((int)status);
        problem.GetProperty("detail").GetString().Should().NotBeNullOrWhiteSpace(because);
        return problem;
    }

    public static async Task<JsonElement> ReadJsonAsync(this HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(status, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
