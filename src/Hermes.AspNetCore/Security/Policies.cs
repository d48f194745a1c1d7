using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hermes.AspNetCore.Security;

/// <summary>The policies of the routes, where the host requires authorization.</summary>
internal static class Policies
{
    public static string Of(HermesDashboardOptions options, Access access) => access switch
    {
        Access.Operate => options.OperatePolicy,
        Access.Approve => options.ApprovePolicy,
        _ => options.ReadPolicy,
    };

    /// <summary>Defines those that the host does not: by roles of their names.</summary>
    public static void AddMissing(AuthorizationOptions authorization, HermesDashboardOptions options)
    {
        Add(options.OperatePolicy, options.OperatePolicy);
        Add(options.ApprovePolicy, options.ApprovePolicy);
        Add(options.ReadPolicy, options.ReadPolicy, options.OperatePolicy, options.ApprovePolicy);

        void Add(string policy, params string[] roles)
        {
            if (authorization.GetPolicy(policy) is null)
                authorization.AddPolicy(policy, builder => builder.RequireAuthenticatedUser().RequireRole(roles));
        }
    }

    /// <summary>Whether who asks may do something, so that he is only offered what he may.</summary>
    public static async Task<bool> MayAsync(HttpContext context, Access access)
    {
        var metadata = context.GetEndpoint()!.Metadata;
        if (metadata.GetMetadata<IAllowAnonymous>() is not null || metadata.GetMetadata<IAuthorizeData>() is null)
            return true;
        var options = context.RequestServices.GetRequiredService<IOptions<HermesDashboardOptions>>().Value;
        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        return (await authorization.AuthorizeAsync(context.User, null, Of(options, access))).Succeeded;
    }
}
