using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hermes.AspNetCore.Tests;

/// <summary>Users who say themselves who they are: <c>Authorization: Test NAME ROLE ROLE</c>.</summary>
internal sealed class TestUsers(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string SchemeName = "Test";

    public static void AddTo(IServiceCollection services)
    {
        services.AddAuthentication(SchemeName).AddScheme<AuthenticationSchemeOptions, TestUsers>(SchemeName, null);
        services.AddAuthorization();
    }

    public static AuthenticationHeaderValue Header(string name, params string[] roles) => new(SchemeName, string.Join(' ', roles.Prepend(name)));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) || header is not { Scheme: SchemeName, Parameter: { } user })
            return Task.FromResult(AuthenticateResult.NoResult());
        var parts = user.Split(' ');
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, parts[0]), .. parts.Skip(1).Select(role => new Claim(ClaimTypes.Role, role))], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }
}
