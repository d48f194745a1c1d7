using System.Runtime.CompilerServices;
using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Hermes.AspNetCore.Api;

/// <summary>The routes about the host as a whole.</summary>
internal static class HostRoutes
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public static void Map(RouteGroupBuilder group)
    {
        group.Api("GET", "status", Access.Read, "How all servers and clients are doing", (Participants all) => ApiJson.Answer(HostSummary.Of(all)))
            .Produces<HostSummary>();
        group.Api("GET", "events", Access.Read, "The same as server-sent events, each time that it changes", Events)
            .Produces<HostSummary>(contentType: "text/event-stream");
        group.Api("GET", "antiforgery", Access.Read, "What a browser has to send along with what changes something", (HttpContext context, IAntiforgery antiforgery) =>
        {
            var tokens = antiforgery.GetAndStoreTokens(context);
            return ApiJson.Answer(new TokenAnswer(tokens.HeaderName!, tokens.RequestToken!));
        }).Produces<TokenAnswer>();
        group.Api("GET", "openapi.json", Access.Read, "This document", ApiDocument.WriteAsync).ExcludeFromDescription();
    }

    /// <summary>Answers what is no route; last of all.</summary>
    public static void MapRest(RouteGroupBuilder group) => group.Map("/api/{**rest}", NoRoute)
        .WithMetadata(new RouteFacts("api/{**rest}", Access.Read, false))
        .ExcludeFromDescription();

    private static void NoRoute(HttpContext context) =>
        throw RefusedException.NotFound($"There is no {context.Request.Method} of this address. See api/v1/openapi.json.");

    private static IResult Events(HttpContext context, Participants all, TimeProvider time, IHostApplicationLifetime host)
    {
        // A proxy that gathers what it passes on would hold events back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(ReadAsync(all, time, host.ApplicationStopping, context.RequestAborted), "status");
    }

    private static async IAsyncEnumerable<string> ReadAsync(
        Participants all, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        using var beat = new PeriodicTimer(Beat, time);
        string? told = null;
        do
        {
            var now = ApiJson.Text(HostSummary.Of(all));
            if (now != told)
                yield return told = now;
        }
        while (await GoesOnAsync(beat, end.Token));
    }

    // The host would wait for streams that do not end by themselves.
    private static async Task<bool> GoesOnAsync(PeriodicTimer beat, CancellationToken end)
    {
        try
        {
            return await beat.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed record TokenAnswer(string Header, string Token);
}
