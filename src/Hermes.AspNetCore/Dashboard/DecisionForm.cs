using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Hermes.Runtime.Control;
using Microsoft.AspNetCore.Http;

namespace Hermes.AspNetCore.Dashboard;

/// <summary>What somebody decided about a held set, on a page.</summary>
internal sealed record DecisionForm(string Set, string Digest, bool IsApproved, DecidedBy By)
{
    /// <exception cref="RefusedException">It does not say what was decided about which set, or why.</exception>
    public static async Task<DecisionForm> ReadAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var (set, digest, decision) = (form["set"].ToString(), form["digest"].ToString(), form["decision"].ToString());
        if (string.IsNullOrWhiteSpace(set) || string.IsNullOrWhiteSpace(digest) || decision is not ("approve" or "reject"))
            throw RefusedException.BadRequest("The form does not say what was decided about which set.");
        return new DecisionForm(set, digest, decision == "approve", Actors.By(context, form["reason"]));
    }
}
