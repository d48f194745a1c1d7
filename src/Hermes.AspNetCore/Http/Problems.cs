using Hermes.Abstractions.Targets;
using Hermes.Runtime.Control;
using Hermes.Runtime.Guard;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Hermes.AspNetCore.Http;

/// <summary>What is told of a request that was refused.</summary>
internal static class Problems
{
    /// <summary>The problem that an exception stands for; null if it should not have been.</summary>
    public static ProblemDetails? Of(Exception exception) => exception switch
    {
        RefusedException refused => Make(refused.Status, refused.Message),
        HeldSetChangedException changed => Changed(changed),
        NotRunningException => Make(StatusCodes.Status503ServiceUnavailable, exception.Message),
        BadHttpRequestException bad => Make(bad.StatusCode, bad.Message),
        AntiforgeryValidationException => Make(StatusCodes.Status400BadRequest, "The form cannot be read."),
        InvalidDataException => Make(StatusCodes.Status400BadRequest, exception.Message),
        TargetException => Make(StatusCodes.Status502BadGateway, exception.Message),
        ArgumentException => Make(StatusCodes.Status400BadRequest, exception.Message.Split(" (Parameter '")[0]),
        _ => null,
    };

    public static ProblemDetails Make(int status, string detail) => new() { Status = status, Title = ReasonPhrases.GetReasonPhrase(status), Detail = detail };

    private static ProblemDetails Changed(HeldSetChangedException changed)
    {
        var problem = Make(StatusCodes.Status409Conflict, changed.Message);
        problem.Extensions["decided"] = changed.Decided;
        problem.Extensions["current"] = changed.Current;
        return problem;
    }
}
