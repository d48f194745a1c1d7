using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Hermes.AspNetCore;
using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hermes.Tool.Http;

/// <summary>Settings of <see cref="TokenAuthentication"/>.</summary>
internal sealed class TokenOptions : AuthenticationSchemeOptions
{
    /// <summary>What a request has to bring along; null if only those of this machine are answered.</summary>
    public string? Token { get; set; }

    /// <summary>Whether people are asked for the token.</summary>
    public bool AsksPeople { get; set; }
}

/// <summary>
/// Tells who asks. Whoever may use the socket is inside, and says who he is; so is who brings the token: programs as bearer, browsers as the password of whatever name.
/// </summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<TokenOptions> options, IOptions<HermesDashboardOptions> dashboard, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<TokenOptions>(options, loggers, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string Name = "Hermes";

    /// <summary>The header in which a program says for whom it asks, percent-encoded.</summary>
    public const string ActorHeader = "Hermes-Actor";

    private const int LongestActor = 100;

    private readonly ILogger _log = loggers.CreateLogger("Hermes.Tool");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Options.Token is null)
        {
            return Refuse(
                StatusCodes.Status403Forbidden,
                "Only requests of this machine are answered, addressed to localhost. To open the host to others, let its configuration set Http: Token.");
        }

        Response.Headers.Append("WWW-Authenticate", "Bearer");
        if (Options.AsksPeople)
            Response.Headers.Append("WWW-Authenticate", "Basic realm=\"hermes\", charset=\"UTF-8\"");
        return Refuse(StatusCodes.Status401Unauthorized, "The token is missing or wrong. Send it in the header Authorization, as bearer; in a browser, as the password.");
    }

    private Task Refuse(int status, string reason) => TypedResults.Problem(Problems.Make(status, reason)).ExecuteAsync(Context);

    private AuthenticateResult Authenticate()
    {
        if (LocalOnly.IsOfThisMachine(Context) && (Options.Token is null || LocalOnly.IsOverUnixSocket(Context)))
            return Success(ActorOf(Request.Headers[ActorHeader]) ?? "local");
        if (Options.Token is null || Request.Headers.Authorization.ToString() is not { Length: > 0 } sent)
            return AuthenticateResult.NoResult();
        var (name, token) = Read(sent);
        if (token is not null && IsSame(token, Options.Token))
            return Success(ActorOf(Request.Headers[ActorHeader]) ?? name ?? "who has the token");
        _log.WrongToken(Context.Connection.RemoteIpAddress);
        return AuthenticateResult.Fail("The token is wrong.");
    }

    private AuthenticateResult Success(string actor)
    {
        var roles = dashboard.Value;
        var claims = new[] { roles.ReadPolicy, roles.OperatePolicy, roles.ApprovePolicy }.Select(role => new Claim(ClaimTypes.Role, role));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, actor), .. claims], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    private static (string? Name, string? Token) Read(string sent)
    {
        var parts = sent.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (parts is [var scheme, var value])
        {
            if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                return (null, value);
            var bytes = new byte[value.Length];
            if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && Convert.TryFromBase64String(value, bytes, out var count)
                && Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2) is [var name, var password])
                return (ActorOf(Uri.EscapeDataString(name)), password);
        }

        return (null, null);
    }

    // What takes as long whatever is sent tells nothing of the token.
    private static bool IsSame(string sent, string token) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string? ActorOf(string? header)
    {
        var name = string.Concat(Uri.UnescapeDataString(header ?? "").Where(letter => !char.IsControl(letter))).Trim();
        return name.Length == 0 ? null : name[..Math.Min(name.Length, LongestActor)];
    }
}
