using Hermes.AspNetCore.Dashboard;
using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hermes.AspNetCore.Security;

/// <summary>Stands before every route: who may pass, and how those are answered who may not, or ask for what cannot be.</summary>
internal static class Gate
{
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>Puts it before a route, when all is said about that.</summary>
    public static void Close(EndpointBuilder route)
    {
        var isAnonymous = route.Metadata.OfType<IAllowAnonymous>().Any();
        var isAuthorized = route.Metadata.OfType<IAuthorizeData>().Any();
        if (isAuthorized && !isAnonymous)
        {
            var options = route.ApplicationServices.GetRequiredService<IOptions<HermesDashboardOptions>>().Value;
            route.Metadata.Add(new AuthorizeAttribute(Policies.Of(options, route.Metadata.OfType<RouteFacts>().Last().Access)));
        }

        var next = route.RequestDelegate!;
        route.RequestDelegate = context => PassAsync(context, next, isAnonymous || isAuthorized);
    }

    private static async Task PassAsync(HttpContext context, RequestDelegate next, bool isOpen)
    {
        SetHeaders(context.Response.Headers);
        try
        {
            if (!isOpen)
                LocalOnly.Check(context);
            await Browsers.CheckAsync(context);
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, Problems.Of(exception) ?? Unexpected(context, exception));
        }
    }

    private static async Task RefuseAsync(HttpContext context, ProblemDetails problem)
    {
        context.Response.Clear();
        SetHeaders(context.Response.Headers);
        var answer = RouteFacts.Of(context).IsPage ? await PageResults.ProblemAsync(context, problem) : TypedResults.Problem(problem);
        await answer.ExecuteAsync(context);
    }

    private static ProblemDetails Unexpected(HttpContext context, Exception exception)
    {
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Hermes.AspNetCore");
        log.RequestFailed(context.Request.Method, RouteFacts.Of(context).Path, exception);
        return Problems.Make(StatusCodes.Status500InternalServerError, "Something failed that should not. The log of the host tells more.");
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
