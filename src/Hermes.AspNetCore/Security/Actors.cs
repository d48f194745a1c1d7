using System.Security.Claims;
using Hermes.AspNetCore.Http;
using Hermes.Runtime.Control;
using Microsoft.AspNetCore.Http;

namespace Hermes.AspNetCore.Security;

/// <summary>Who asks for something, and why.</summary>
internal static class Actors
{
    public const int LongestReason = 500;

    /// <exception cref="RefusedException">There is no reason, or it is none for a log.</exception>
    public static DecidedBy By(HttpContext context, string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw RefusedException.BadRequest("Say why: a reason is needed, and kept.");
        if (reason.Length > LongestReason || reason.Any(char.IsControl))
            throw RefusedException.BadRequest($"The reason is one line of up to {LongestReason} characters.");
        return new DecidedBy(NameOf(context), reason.Trim());
    }

    private static string NameOf(HttpContext context)
    {
        var user = context.User;
        if (user.Identity is not { IsAuthenticated: true })
            return LocalOnly.IsFromHere(context) ? "local" : $"anonymous at {context.Connection.RemoteIpAddress}";
        var name = user.Identity.Name ?? user.FindFirstValue(ClaimTypes.NameIdentifier) ?? user.FindFirstValue("sub") ?? "";
        var shown = string.Concat(name.Where(letter => !char.IsControl(letter)));
        return string.IsNullOrWhiteSpace(shown) ? "somebody without a name" : shown;
    }
}
