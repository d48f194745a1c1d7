using Hermes.AspNetCore.Dashboard.Parts;
using Hermes.AspNetCore.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.AspNetCore.Dashboard;

/// <summary>Pages as answers.</summary>
internal static class PageResults
{
    public static async Task<IResult> ShowAsync<TPage>(HttpContext context, IReadOnlyDictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        await context.RequestServices.GetRequiredService<PageContext>().ReadAsync(context);
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };
    }

    public static Task<IResult> ProblemAsync(HttpContext context, ProblemDetails problem) => ShowAsync<ProblemPage>(
        context,
        new Dictionary<string, object?> { [nameof(ProblemPage.Heading)] = problem.Title, [nameof(ProblemPage.Detail)] = problem.Detail },
        problem.Status ?? StatusCodes.Status500InternalServerError);

    /// <summary>Leads on to a page after something was done, so that to load it again does nothing again.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The page, seen from the root of the dashboard.</param>
    public static IResult GoTo(HttpContext context, string path)
    {
        context.Response.Headers.Location = RouteFacts.RootOf(context) + path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
