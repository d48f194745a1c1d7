using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Hermes.AspNetCore.Dashboard;

/// <summary>What every part of a page needs to know of the request.</summary>
internal sealed class PageContext(IAntiforgery antiforgery)
{
    /// <summary>The root of the dashboard, to which links are relative.</summary>
    public string Root { get; private set; } = "/";

    /// <summary>The address of this page.</summary>
    public string Address { get; private set; } = "/";

    public string TokenField { get; private set; } = "";

    public string Token { get; private set; } = "";

    public bool MayOperate { get; private set; }

    public bool MayApprove { get; private set; }

    public async Task ReadAsync(HttpContext context)
    {
        var request = context.Request;
        (Root, Address) = (RouteFacts.RootOf(context), (request.PathBase + request.Path).ToUriComponent() + request.QueryString);
        var tokens = antiforgery.GetAndStoreTokens(context);
        (TokenField, Token) = (tokens.FormFieldName, tokens.RequestToken!);
        (MayOperate, MayApprove) = (await Policies.MayAsync(context, Access.Operate), await Policies.MayAsync(context, Access.Approve));
    }
}
